import { statement } from "../../../platform/database/statement.ts";
import type { UsedTokenRow } from "./use-token.ts";

/** $1 token ids. No row for an expired and a revoked one. Notes no use: this is for who was let in before. */
export const loadTokenActorsStatement = statement<UsedTokenRow>(
  "apiToken.loadTokenActors",
  `select t.id, encode(t.secret_hash, 'hex') as "secretHash", t.scope, t.organization_id as "organizationId",
     (extract(epoch from t.expires_at) * 1000)::float8 as "expiresAt",
     a.id as "accountId", a.email, a.name,
     coalesce(
       (select json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id, 'siteId', r.site_id,
          'productId', r.product_id) order by r.id)
        from role_assignment r
        where r.account_id = a.id and (t.organization_id is null or r.organization_id = t.organization_id)),
       '[]') as grants
   from api_token t
   join account a on a.id = t.account_id
   where t.id = any($1::uuid[]) and t.revoked_at is null and t.expires_at > clock_timestamp()`,
);
