import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// A part belongs to the organization, or to the site, of what it is part of.
export const oneOrganizationStatement = statement<Violation>(
  "invariants.oneOrganization",
  `select format('product %s', p.id) as subject, 'is on a site of another organization' as problem
   from product p join site s on s.id = p.site_id where s.organization_id <> p.organization_id
   union all
   select format('role assignment %s', r.id), 'is for a site of another organization'
   from role_assignment r join site s on s.id = r.site_id where s.organization_id <> r.organization_id
   union all
   select format('role assignment %s', r.id), 'is for a product of another organization'
   from role_assignment r join product p on p.id = r.product_id where p.organization_id <> r.organization_id
   union all
   select format('invitation %s', i.id), 'is for a site of another organization'
   from role_invitation i join site s on s.id = i.site_id where s.organization_id <> i.organization_id
   union all
   select format('invitation %s', i.id), 'is for a product of another organization'
   from role_invitation i join product p on p.id = i.product_id where p.organization_id <> i.organization_id
   union all
   select format('access request %s', q.id), 'is for a site of another organization'
   from access_request q join site s on s.id = q.site_id where s.organization_id <> q.organization_id
   union all
   select format('access request %s', q.id), 'is for a product of another organization'
   from access_request q join product p on p.id = q.product_id where p.organization_id <> q.organization_id
   union all
   select format('upload %s', f.id), 'is for a site of another organization'
   from import_file f join site s on s.id = f.site_id where s.organization_id <> f.organization_id
   union all
   select format('upload %s', f.id), 'is for a product of another organization'
   from import_file f join product p on p.id = f.product_id where p.organization_id <> f.organization_id
   union all
   select format('migration %s (MR-%s)', m.id, m.number), 'is between sites of other organizations'
   from migration m join site a on a.id = m.source_site_id join site b on b.id = m.destination_site_id
   where a.organization_id <> m.organization_id or b.organization_id <> m.organization_id
   union all
   select format('group %s', g.id), 'was imported by a migration to another site'
   from user_group g join migration m on m.id = g.migration_id where m.destination_site_id <> g.site_id
   union all
   select format('request %s', r.id), 'is in a project of another site'
   from request r join service_project p on p.id = r.project_id where p.site_id <> r.site_id
   union all
   select format('request %s', r.id), 'was reported by a portal-only account of another site'
   from request r join portal_customer c on c.id = r.reporter_portal_customer_id where c.site_id <> r.site_id
   union all
   select format('request %s participant %s', r.id, c.id), 'is a portal-only account of another site'
   from request_participant rp join request r on r.id = rp.request_id join portal_customer c on c.id = rp.portal_customer_id
   where c.site_id <> r.site_id
   union all
   select format('project %s customer %s', p.id, c.id), 'is a portal-only account of another site'
   from project_customer pc join service_project p on p.id = pc.project_id join portal_customer c on c.id = pc.portal_customer_id
   where c.site_id <> p.site_id
   limit 21`,
);
