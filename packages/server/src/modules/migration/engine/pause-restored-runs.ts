import type { StatementRunner } from "../../../platform/database/statement.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { migrationName } from "../migration-record.ts";
import { appendEvent } from "./append-event.ts";
import { moveState } from "./move-state.ts";
import { findRunningStatement } from "./sql/find-running.ts";

/**
 * After a restore: runs that were going wait for a person, because the directory may have changed since the backup.
 * Planning and verifying go on, they change nobody's access. Returns the number of runs paused.
 */
export async function pauseRestoredRuns(tx: StatementRunner): Promise<number> {
  const running = await findRunningStatement.run(tx);
  for (const { id, organizationId, number } of running) {
    await moveState(tx, id, "PAUSED");
    const summary = `${migrationName(number)} paused: the database was restored from a backup. Look at the directory, then resume.`;
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: null,
      action: "migration.pause",
      subjectType: "migration",
      subjectId: id,
      summary,
    });
    await appendEvent(tx, id, "PAUSED", summary, { reason: "RESTORED" });
  }
  return running.length;
}
