import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 products, $2 at most this many of each; newest first. Ids are time-ordered. */
export const listProductImportsStatement = statement<ImportRow>(
  "import.listProductImports",
  `select ${importColumns}
   from unnest($1::uuid[]) as p(product_id)
   cross join lateral (select * from import_file where product_id = p.product_id order by id desc limit $2) f
   order by f.id desc`,
);
