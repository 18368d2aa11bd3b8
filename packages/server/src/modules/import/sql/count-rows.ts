import { statement } from "../../../platform/database/statement.ts";

// Written so that, with $3 true, the condition is that of the index of such rows.
/** $1 import, $2 state or null, $3 true: with a problem or warning, false: without, null: either. */
export const countRowsStatement = statement<{ count: number }>(
  "import.countRows",
  `select count(*)::int as count from import_row r
   where r.import_id = $1 and ($2::text is null or r.state = $2)
     and ($3::boolean is distinct from true or (r.problem is not null or r.warning is not null))
     and ($3::boolean is distinct from false or (r.problem is null and r.warning is null))`,
);
