import { statement } from "../../../platform/database/statement.ts";

/** One person who administers what was asked for; `ordinal` is its place in the input, from 1. */
export interface AdministratorRow {
  ordinal: number;
  name: string;
  email: string;
}

// $1 organizations, $2 sites or null: parallel arrays. Site admins come first, then the organization's admins.
export const listAdministratorsStatement = statement<AdministratorRow>(
  "directory.listAdministrators",
  `select k.ordinal::int, a.name, a.email
   from unnest($1::uuid[], $2::uuid[]) with ordinality as k (organization_id, site_id, ordinal)
   join role_assignment r on r.organization_id = k.organization_id
     and (r.role = 'ORGANIZATION_ADMIN' or (r.role = 'SITE_ADMIN' and r.site_id = k.site_id))
   join account a on a.id = r.account_id
   group by k.ordinal, a.id
   order by k.ordinal, min(case r.role when 'SITE_ADMIN' then 0 else 1 end), a.email`,
);
