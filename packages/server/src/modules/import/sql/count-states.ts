import { statement } from "../../../platform/database/statement.ts";

/** How many rows an import has, and in which states. */
export interface StateCounts {
  total: number;
  good: number;
  duplicate: number;
  warned: number;
}

/** $1 import. */
export const countStatesStatement = statement<StateCounts>(
  "import.countStates",
  `select count(*)::int as total, count(*) filter (where state = 'GOOD')::int as good,
     count(*) filter (where state = 'DUPLICATE')::int as duplicate, count(warning)::int as warned
   from import_row where import_id = $1`,
);
