import { statement } from "../../../../platform/database/statement.ts";
import type { EarlierRun } from "../band.ts";

// The five ended runs nearest in size, newer ones first among equals. Numbers only: nothing tells whose they were.
// $1 kind, $2 rows of the plan.
export const listEarlierRunsStatement = statement<EarlierRun>(
  "migration.listEarlierRuns",
  `select items, run_seconds as "runSeconds", verify_seconds as "verifySeconds"
   from migration_measure where kind = $1 and items > 0
   order by abs(ln(items::float8 / $2::int)), measured_at desc limit 5`,
);
