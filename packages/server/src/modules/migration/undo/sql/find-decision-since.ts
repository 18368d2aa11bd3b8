import { statement } from "../../../../platform/database/statement.ts";

// A decision about people of the run after the undo was planned. $1 migration, $2 the plan's last event.
export const findDecisionSinceStatement = statement<{ summary: string }>(
  "migration.findDecisionSince",
  `select summary from migration_event where migration_id = $1 and sequence > $2
     and type in ('GROUP_APPROVED', 'GROUP_DECLINED', 'UPGRADED', 'SKIPPED', 'UNDONE')
   order by sequence limit 1`,
);
