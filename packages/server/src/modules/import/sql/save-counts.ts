import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 rows, $3 good ones, $4 duplicates, $5 rows with a warning, $6 effects as JSON. */
export const saveCountsStatement = statement<ImportRow>(
  "import.saveCounts",
  `update import_file f
   set total_rows = $2::int, good_rows = $3::int, duplicate_rows = $4::int, bad_rows = $2::int - $3::int - $4::int,
     warning_rows = $5, effects = $6::jsonb
   where f.id = $1
   returning ${importColumns}`,
);
