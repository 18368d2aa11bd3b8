import { statement } from "../../../platform/database/statement.ts";
import { canSignInSql } from "./can-sign-in.ts";

/** An organization that an account has to do with, and who there can decide about closing it. */
export interface ConcernedRow {
  organizationId: string;
  organizationName: string;
  /** Whether the account has a role there; else it is on a site, or its address is of a domain of the organization. */
  byRole: boolean;
  /** Whether the organization has claimed the domain of the account's address. */
  manages: boolean;
  /** Organization admins who can sign in, but for the account itself. */
  admins: { accountId: string; name: string; email: string }[];
}

/** $1 account. */
export const listConcernedStatement = statement<ConcernedRow>(
  "closing.listConcerned",
  `with tie as (
     select organization_id, true as by_role, false as manages from role_assignment where account_id = $1
     union all
     select s.organization_id, false, false from site_account sa join site s on s.id = sa.site_id where sa.account_id = $1
     union all
     select d.organization_id, false, true
     from account a join claimed_domain d on d.domain = split_part(a.email, '@', 2) where a.id = $1
   )
   select o.id as "organizationId", o.name as "organizationName", bool_or(t.by_role) as "byRole", bool_or(t.manages) as manages,
     coalesce((
       select json_agg(json_build_object('accountId', a.id, 'name', a.name, 'email', a.email) order by a.email)
       from role_assignment r join account a on a.id = r.account_id
       where r.organization_id = o.id and r.role = 'ORGANIZATION_ADMIN' and r.account_id <> $1 and ${canSignInSql("a.id")}
     ), '[]') as admins
   from tie t join organization o on o.id = t.organization_id
   group by o.id order by o.name, o.id`,
);
