import { statement } from "../../../platform/database/statement.ts";

/** $1 id, $2 site, $3 file kind, $4 file name, $5 account. The organization is the site's. */
export const insertImportStatement = statement<{ id: string }>(
  "import.insertImport",
  `insert into import_file (id, organization_id, site_id, file_kind, file_name, state, created_by)
   select $1, s.organization_id, s.id, $3, $4, 'RECEIVING', $5 from site s where s.id = $2
   returning id`,
);
