import { statement } from "../../../../platform/database/statement.ts";
import type { Brake } from "../../kind.ts";

/** A brake of an approved run. */
export interface BrakeRow {
  brake: Brake;
  percent: number;
  leastPeople: number;
  counted: number;
  trippedAt: string | null;
  trip: { counted: number; most: number; from: number; to: number; examples: string[] } | null;
  releasedAt: string | null;
  releasedBy: string | null;
  releaseReason: string | null;
}

export const listBrakesStatement = statement<BrakeRow>(
  "migration.listBrakes",
  `select brake, percent::float8 as percent, least_people as "leastPeople", counted, tripped_at as "trippedAt", trip,
     released_at as "releasedAt", released_by as "releasedBy", release_reason as "releaseReason"
   from migration_brake where migration_id = $1`,
);
