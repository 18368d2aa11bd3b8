import { statement } from "../../../platform/database/statement.ts";

/** One of the demo's files that was received. */
export interface DemoFileRow {
  importId: string;
  /** Of the site, or of the product's site. */
  urlName: string;
  fileName: string;
  fileKind: string;
  state: "PREVIEW" | "APPLYING" | "APPLIED";
}

/** The demo as far as it stands: how large it was begun, and its files. */
export interface DemoFoundRow {
  customers: number;
  files: DemoFileRow[];
}

/** $1 names of the demo's files. No row when there is no demo. */
export const findDemoStatement = statement<DemoFoundRow>(
  "demo.findDemo",
  `select (entry.after ->> 'customers')::int as customers,
     coalesce((
       select jsonb_agg(jsonb_build_object(
         'importId', f.id, 'urlName', s.url_name, 'fileName', f.file_name, 'fileKind', f.file_kind, 'state', f.state) order by f.id)
       from import_file f left join product p on p.id = f.product_id join site s on s.id = coalesce(f.site_id, p.site_id)
       where f.file_name = any($1::text[]) and f.state in ('PREVIEW', 'APPLYING', 'APPLIED')
     ), '[]') as files
   from audit_entry entry where entry.action = 'demo.seed'
   order by entry.id limit 1`,
);
