import { statement } from "../../../platform/database/statement.ts";
import type { MigrationState } from "../engine/states.ts";

// The migrations of all organizations in which something should be happening.
export const listMovingStatement = statement<{ id: string; state: MigrationState }>(
  "migration.listMoving",
  "select id, state from migration where state in ('CHECKING', 'RUNNING', 'VERIFYING', 'UNDOING')",
);
