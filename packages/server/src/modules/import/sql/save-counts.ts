import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 effects as JSON. Counts the rows as they stand. */
export const saveCountsStatement = statement<ImportRow>(
  "import.saveCounts",
  `with counted as (
     select count(*) as total, count(*) filter (where state = 'GOOD') as good,
       count(*) filter (where state = 'DUPLICATE') as duplicate, count(warning) as warned
     from import_row where import_id = $1
   )
   update import_file f
   set total_rows = c.total, good_rows = c.good, duplicate_rows = c.duplicate, bad_rows = c.total - c.good - c.duplicate,
     warning_rows = c.warned, effects = $2::jsonb
   from counted c
   where f.id = $1
   returning ${importColumns}`,
);
