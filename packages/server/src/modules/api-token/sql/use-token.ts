import { statement } from "../../../platform/database/statement.ts";
import type { Grant } from "../../sign-in/index.ts";

/** A live token, its account and the roles the token may act with. */
export interface UsedTokenRow {
  id: string;
  secretHash: string;
  scope: "READ" | "MIGRATE";
  organizationId: string | null;
  /** Milliseconds since 1970. */
  expiresAt: number;
  accountId: string;
  email: string;
  name: string;
  grants: Grant[];
}

/**
 * $1 SHA-256 of the secret in hexadecimal. No row for a wrong, an expired and a revoked one. Notes the use, at most
 * once a minute: the update finds nothing to do in between.
 */
export const useTokenStatement = statement<UsedTokenRow>(
  "apiToken.useToken",
  `with noted as (
     update api_token set last_used_at = now()
     where secret_hash = decode($1, 'hex') and revoked_at is null and expires_at > now()
       and (last_used_at is null or last_used_at < now() - interval '1 minute'))
   select t.id, encode(t.secret_hash, 'hex') as "secretHash", t.scope, t.organization_id as "organizationId",
     (extract(epoch from t.expires_at) * 1000)::float8 as "expiresAt",
     a.id as "accountId", a.email, a.name,
     coalesce(
       json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id, 'siteId', r.site_id,
         'productId', r.product_id) order by r.id) filter (where r.id is not null),
       '[]') as grants
   from api_token t
   join account a on a.id = t.account_id
   left join role_assignment r on r.account_id = a.id
     and (t.organization_id is null or r.organization_id = t.organization_id)
   where t.secret_hash = decode($1, 'hex') and t.revoked_at is null and t.expires_at > now()
   group by t.id, a.id`,
);
