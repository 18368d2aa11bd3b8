import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 sites, $2 at most this many of each; newest first. Ids are time-ordered. */
export const listImportsStatement = statement<ImportRow>(
  "import.listImports",
  `select ${importColumns}
   from unnest($1::uuid[]) as s(site_id)
   cross join lateral (select * from import_file where site_id = s.site_id order by id desc limit $2) f
   order by f.id desc`,
);
