import { statement } from "../../../../platform/database/statement.ts";

// A lease that ran out while the worker slept may be somebody else's by now: it is not revived, the row is theirs.
// $1 worker, $2 seconds.
export const beatLeasesStatement = statement(
  "migration.beatLeases",
  `update migration_lease set beaten_at = clock_timestamp(), expires_at = clock_timestamp() + make_interval(secs => $2)
   where worker = $1`,
);
