import { statement } from "../../../platform/database/statement.ts";

/**
 * Gives accounts their roles. $1 json array of `{ email, role, organizationId, urlName, product }`: the
 * product by its name in that organization, absent scopes null.
 */
export const insertGrantsStatement = statement(
  "demo.insertGrants",
  `insert into role_assignment (account_id, role, organization_id, site_id, product_id)
   select a.id, g.role, o.id, s.id, p.id
   from jsonb_to_recordset($1::jsonb) as g (email text, role text, "organizationId" uuid, "urlName" text, product text)
   join account a on a.email = g.email
   join organization o on o.id = g."organizationId"
   left join site s on s.url_name = g."urlName" and s.organization_id = o.id
   left join product p on p.name = g.product and p.organization_id = o.id
   on conflict on constraint role_assignment_key do nothing`,
);
