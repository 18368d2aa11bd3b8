import { statement } from "../../../platform/database/statement.ts";
import type { Role } from "../../sign-in/index.ts";
import { canSignInSql } from "./can-sign-in.ts";

/** Something that nobody would look after any longer. */
export interface HandOverRow {
  role: Role;
  organizationId: string;
  organizationName: string;
  placeName: string;
}

/**
 * $1 account, $2 organizations, null for all. What it owns, and what nobody else who can sign in administers. Organization
 * admins administer every site of theirs as well.
 */
export const listHandOverStatement = statement<HandOverRow>(
  "closing.listHandOver",
  `select r.role, o.id as "organizationId", o.name as "organizationName", coalesce(p.name, s.name, o.name) as "placeName"
   from role_assignment r join organization o on o.id = r.organization_id
   left join site s on s.id = r.site_id left join product p on p.id = r.product_id
   where r.account_id = $1 and ($2::uuid[] is null or r.organization_id = any($2)) and (
     r.role = 'PRODUCT_OWNER'
     or (r.role in ('ORGANIZATION_ADMIN', 'SITE_ADMIN') and not exists (
       select from role_assignment x
       where x.organization_id = r.organization_id and x.account_id <> r.account_id
         and (x.role = 'ORGANIZATION_ADMIN' or (r.role = 'SITE_ADMIN' and x.role = 'SITE_ADMIN' and x.site_id = r.site_id))
         and ${canSignInSql("x.account_id")})))
   order by o.name, r.id`,
);
