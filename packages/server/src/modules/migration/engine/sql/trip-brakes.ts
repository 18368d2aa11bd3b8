import { statement } from "../../../../platform/database/statement.ts";

// $1 migration, $2 the trips as JSON by brake.
export const tripBrakesStatement = statement(
  "migration.tripBrakes",
  `update migration_brake b set tripped_at = clock_timestamp(), trip = t.trip
   from jsonb_each($2::jsonb) as t (brake, trip)
   where b.migration_id = $1 and b.brake = t.brake and b.released_at is null`,
);
