import { statement } from "../../../../platform/database/statement.ts";

/** How the estimates of an ended run held. */
export interface EstimateScore {
  made: number;
  held: number;
  /** Mean distance of the bands' middles from what it took, in per cent of that; null when nothing took any time. */
  meanErrorPercent: number | null;
}

export const readScoreStatement = statement<EstimateScore>(
  "migration.readScore",
  `select count(*)::int as made, count(*) filter (where held)::int as held,
     (avg(abs((low_seconds + high_seconds) / 2 - actual_seconds) / actual_seconds)
       filter (where actual_seconds > 0) * 100)::float8 as "meanErrorPercent"
   from migration_estimate where migration_id = $1 and actual_seconds is not null`,
);
