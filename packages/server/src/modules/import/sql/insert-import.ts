import { statement } from "../../../platform/database/statement.ts";

/** $1 id, $2 site or null, $3 product or null, $4 file kind, $5 file name, $6 account. The organization is the place's. */
export const insertImportStatement = statement<{ id: string }>(
  "import.insertImport",
  `insert into import_file (id, organization_id, site_id, product_id, file_kind, file_name, state, created_by)
   select $1, p.organization_id, p.site_id, p.product_id, $4, $5, 'RECEIVING', $6
   from (
     select organization_id, id as site_id, null::uuid as product_id from site where id = $2::uuid
     union all select organization_id, null, id from product where id = $3::uuid
   ) p
   returning id`,
);
