import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 state or null, $3 true: with a problem or warning, false: without, null: either. */
export const countRowsStatement = statement<{ count: number }>(
  "import.countRows",
  `select count(*)::int as count from import_row r
   where r.import_id = $1 and ($2::text is null or r.state = $2)
     and ($3::boolean is null or $3 = (r.problem is not null or r.warning is not null))`,
);
