import { statement } from "../../../platform/database/statement.ts";

/** $1 import. Good rows speak for their people, rejected ones wait to be corrected: every row counts. */
export const makeRowsCurrentStatement = statement<{ written: number }>(
  "import.makeRowsCurrent",
  `with written as (
     update customer_row set current = true where import_id = $1 and not current returning 1
   )
   select count(*)::int as written from written`,
);
