import { statement } from "../../../../platform/database/statement.ts";

// The guard on the state makes two clicks one change: the second finds no row.
export const moveStateStatement = statement<{ id: string }>(
  "migration.moveState",
  `update migration set state = $2,
     started_at = case when $2 = 'RUNNING' then coalesce(started_at, clock_timestamp()) else started_at end,
     finished_at = case when $2 in ('COMPLETED', 'COMPLETED_WITH_ATTENTION', 'FAILED', 'CANCELLED') then clock_timestamp() when $2 = 'RUNNING' then null else finished_at end,
     failure = $4
   where id = $1 and state = any($3::text[])
   returning id`,
);
