import { statement } from "../../../platform/database/statement.ts";

/** The demo as far as it stands: how large it was begun, and which files it has, as `<url name>/<file kind>`. */
export interface DemoFoundRow {
  customers: number;
  applied_files: string[];
}

/** $1 url names of the demo's sites. No row when there is no demo. */
export const findDemoStatement = statement<DemoFoundRow>(
  "demo.findDemo",
  `select (entry.after ->> 'customers')::int as customers,
     array(
       select distinct s.url_name || '/' || f.file_kind from import_file f join site s on s.id = f.site_id
       where s.url_name = any($1::text[]) and f.state = 'APPLIED'
     ) as applied_files
   from audit_entry entry where entry.action = 'demo.seed'
   order by entry.id limit 1`,
);
