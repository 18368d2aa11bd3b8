import { statement } from "../../../../platform/database/statement.ts";
import type { Brake } from "../../kind.ts";

/** Where a brake stands with the batch included; `most` people may be counted. */
export interface CountedBrake {
  brake: Brake;
  counted: number;
  most: number;
  released: boolean;
}

// Only brakes that the batch adds to are written: one that stays where it is cannot trip.
// $1 migration, $2 brakes, $3 people for each, $4 rows of the plan.
export const countBrakesStatement = statement<CountedBrake>(
  "migration.countBrakes",
  `update migration_brake b set counted = b.counted + d.people
   from unnest($2::text[], $3::int[]) as d (brake, people)
   where b.migration_id = $1 and b.brake = d.brake
   returning b.brake, b.counted, greatest(floor(b.percent * $4::int / 100), b.least_people - 1)::int as most,
     b.released_at is not null as released`,
);
