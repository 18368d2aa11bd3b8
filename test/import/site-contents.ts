import { makeSite } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import type { UploadDesk } from "./upload-desk.ts";

interface Person {
  email: string;
  name: string;
  active: boolean;
  kind: string | null;
}

/** A site of its own for one test, in the admin's organization. */
export async function newSite(desk: UploadDesk): Promise<string> {
  return (await makeSite(desk.fork(), { organizationId: desk.site.organizationId })).id;
}

/** Portal-only accounts of the site, by email. */
export function portalCustomers(desk: UploadDesk, siteId: string): Promise<Person[]> {
  return query(
    desk.fork(),
    "select email, name, active, kind from portal_customer where site_id = $1 order by email",
    [siteId],
  );
}

/** Accounts present on the site, by email. */
export function accounts(desk: UploadDesk, siteId: string): Promise<(Person & { role: boolean })[]> {
  return query(
    desk.fork(),
    `select a.email, a.name, sa.active, sa.kind, sa.customer_role as role
     from site_account sa join account a on a.id = sa.account_id where sa.site_id = $1 order by a.email`,
    [siteId],
  );
}

/** Who is listed where: `KEY email`. */
export async function lists(desk: UploadDesk, siteId: string): Promise<string[]> {
  const rows = await query<{ line: string }>(
    desk.fork(),
    `select sp.key || ' ' || coalesce(a.email, c.email) || case when a.id is null then ' (portal-only)' else '' end as line
     from project_customer pc join service_project sp on sp.id = pc.project_id
     left join account a on a.id = pc.account_id left join portal_customer c on c.id = pc.portal_customer_id
     where sp.site_id = $1 order by 1`,
    [siteId],
  );
  return rows.map(({ line }) => line);
}

/** The rows that count, in upload order: `STATE email name`. */
export async function currentRows(desk: UploadDesk, siteId: string): Promise<string[]> {
  const rows = await query<{ line: string }>(
    desk.fork(),
    "select state || ' ' || raw_email || ' ' || name as line from customer_row where site_id = $1 and current order by import_id, row_number",
    [siteId],
  );
  return rows.map(({ line }) => line);
}
