import { statement } from "../../../../platform/database/statement.ts";
import type { Brake } from "../../kind.ts";

export const listLimitsStatement = statement<{ brake: Brake; percent: number; leastPeople: number }>(
  "migration.listLimits",
  `select brake, percent::float8 as percent, least_people as "leastPeople" from brake_limit where organization_id = $1`,
);
