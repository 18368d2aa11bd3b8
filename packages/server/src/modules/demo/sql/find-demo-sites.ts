import { statement } from "../../../platform/database/statement.ts";

/** A site of the demo, and an account that may upload to it. */
export interface DemoSiteRow {
  id: string;
  url_name: string;
  admin_account_id: string;
  /** Ids of its products, by name. */
  products: Record<string, string>;
}

/** $1 url names of the demo's sites, $2 emails of the admins who upload, side by side. */
export const findDemoSitesStatement = statement<DemoSiteRow>(
  "demo.findDemoSites",
  `select s.id, s.url_name, a.id as admin_account_id,
     coalesce((select jsonb_object_agg(p.name, p.id) from product p where p.site_id = s.id), '{}') as products
   from unnest($1::text[], $2::text[]) as wanted (url_name, email)
   join site s on s.url_name = wanted.url_name
   join account a on a.email = wanted.email`,
);
