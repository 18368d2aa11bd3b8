import { statement } from "../../../../platform/database/statement.ts";

// $1 migration, $2 brake, $3 who, $4 why.
export const releaseBrakeStatement = statement<{ counted: number; most: number }>(
  "migration.releaseBrake",
  `update migration_brake set released_at = clock_timestamp(), released_by = $3, release_reason = $4
   where migration_id = $1 and brake = $2 and tripped_at is not null and released_at is null
   returning (trip ->> 'counted')::int as counted, (trip ->> 'most')::int as most`,
);
