import { statement } from "../../../platform/database/statement.ts";
import type { Role } from "../../sign-in/index.ts";

/** Somebody with roles in the organization, and those of them that the reader sees. */
export interface PersonRolesRow {
  accountId: string;
  email: string;
  name: string;
  roles: {
    id: string;
    role: Role;
    accountId: string;
    organizationId: string;
    siteId: string | null;
    productId: string | null;
  }[];
}

/**
 * $1 organization, $2 the one product whose roles are shown or null, $3 role, $4 site, $5 product: those with one that
 * matches; $6 pattern of emails, $7 query of names; $8 email to go on after; $9 limit. Null does not narrow.
 * A person is looked for first and their roles read afterwards, so that a page costs what is on it.
 */
export const listPeopleStatement = statement<PersonRolesRow>(
  "roles.listPeople",
  `with page as (
     select a.id, a.email, a.name from account a
     where a.id in (
         select r.account_id from role_assignment r
         where r.organization_id = $1 and ($2::uuid is null or r.product_id = $2)
           and ($3::text is null or r.role = $3) and ($4::uuid is null or r.site_id = $4)
           and ($5::uuid is null or r.product_id = $5))
       and ($6::text is null or a.email like $6 or to_tsvector('simple', a.name) @@ to_tsquery('simple', $7))
       and ($8::text is null or a.email > $8)
     order by a.email limit $9
   )
   select p.id as "accountId", p.email, p.name, r.roles
   from page p cross join lateral (
     select json_agg(json_build_object('id', r.id, 'role', r.role, 'accountId', r.account_id, 'organizationId', r.organization_id,
       'siteId', r.site_id, 'productId', r.product_id) order by r.id) as roles
     from role_assignment r
     where r.account_id = p.id and r.organization_id = $1 and ($2::uuid is null or r.product_id = $2)
   ) r
   order by p.email`,
);
