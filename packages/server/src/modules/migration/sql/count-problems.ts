import { statement } from "../../../platform/database/statement.ts";

export const countProblemsStatement = statement<{ problem: string; count: number }>(
  "migration.countProblems",
  `select problem, count(*)::int as count from migration_item
   where migration_id = $1 and outcome = 'REQUIRES_ATTENTION' and resolved_at is null and undone_at is null and problem is not null
   group by problem order by count(*) desc, problem`,
);
