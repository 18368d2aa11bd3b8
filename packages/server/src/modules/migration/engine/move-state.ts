import type { StatementRunner } from "../../../platform/database/statement.ts";
import { moveStateStatement } from "./sql/move-state.ts";
import { statesBefore, type MigrationState } from "./states.ts";

/**
 * Moves a migration to a state if its present state allows that. Returns false when it does not, which is what
 * the second of two clicks sees. `failure` is kept with the migration and cleared by any other move.
 */
export async function moveState(
  em: StatementRunner,
  migrationId: string,
  to: MigrationState,
  failure: string | null = null,
): Promise<boolean> {
  const moved = await moveStateStatement.run(em, [migrationId, to, statesBefore(to), failure]);
  return moved.length === 1;
}
