import { statement } from "../../../platform/database/statement.ts";

/** An identity as its profile shows it. */
export interface ProfileRow {
  id: string;
  type: "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT";
  email: string;
  name: string;
  createdAt: string;
  managedBy: string | null;
}

// $1: ids of accounts or portal-only accounts; $2: organizations whose directory may be read. A person is seen by
// presence on a site there or by a role there; of who manages the domain only own organizations are named.
export const loadProfilesStatement = statement<ProfileRow>(
  "directory.loadProfiles",
  `with seen as (
     select a.id, 'ATLASSIAN_ACCOUNT' as type, a.email, a.name, a.created_at
     from account a
     where a.id = any($1::uuid[]) and (
       exists (select 1 from site_account sa join site s on s.id = sa.site_id
         where sa.account_id = a.id and s.organization_id = any($2::uuid[]))
       or exists (select 1 from role_assignment r
         where r.account_id = a.id and r.organization_id = any($2::uuid[])))
     union all
     select p.id, 'PORTAL_ONLY', p.email, p.name, p.created_at
     from portal_customer p join site s on s.id = p.site_id
     where p.id = any($1::uuid[]) and s.organization_id = any($2::uuid[])
   )
   select seen.id, seen.type, seen.email, seen.name, seen.created_at::text as "createdAt",
     case when seen.type = 'PORTAL_ONLY' or d.domain is null then null
       when o.id = any($2::uuid[]) then o.name
       else 'Another organization' end as "managedBy"
   from seen
   left join claimed_domain d on d.domain = split_part(seen.email, '@', 2)
   left join organization o on o.id = d.organization_id`,
);
