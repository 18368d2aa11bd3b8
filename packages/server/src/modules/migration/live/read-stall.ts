import type { StatementRunner } from "../../../platform/database/statement.ts";
import type { MigrationStall } from "../migration-progress.types.ts";
import type { MigrationRecord } from "../migration-record.ts";
import { readQuietStatement, type Quiet } from "../sql/read-quiet.ts";
import { stallThreshold } from "./stall-threshold.ts";

/** States in which something should be happening. */
const moving: readonly string[] = ["CHECKING", "RUNNING", "VERIFYING", "UNDOING"];
/** Without any worker nothing will ever happen: that is said sooner than a slow step is doubted. */
const noWorkerSeconds = 10;

/** Why a migration that should be moving does not, or null. `batchSeconds` is what its batches take. */
export async function readStall(
  em: StatementRunner,
  migration: Pick<MigrationRecord, "id" | "state">,
  batchSeconds: number,
): Promise<MigrationStall | null> {
  if (!moving.includes(migration.state)) {
    return null;
  }
  const [quiet] = await readQuietStatement.run(em, [migration.id]);
  const found = quiet === undefined ? null : judge(quiet, migration.state, stallThreshold(), batchSeconds);
  return quiet === undefined || found === null ? null : { since: new Date(quiet.since), ...found };
}

/** What keeps it, in the order of what to mend first. Exported for its tests. */
export function judge(
  quiet: Quiet,
  state: string,
  threshold: number,
  batchSeconds: number,
): Omit<MigrationStall, "since"> | null {
  if (!quiet.held && !quiet.anyWorker && quiet.seconds > Math.min(threshold, noWorkerSeconds)) {
    return {
      cause: "NO_WORKER",
      reason: "No worker is running.",
      whatToDo:
        "Start `rehome worker` on this database, or a server with REHOME_ENGINE=on. It goes on by itself at the batch where it is.",
    };
  }
  const patience = threshold + batchSeconds;
  if (quiet.seconds <= patience) {
    return null;
  }
  if (quiet.error !== null) {
    return {
      cause: "DATABASE_REFUSES",
      reason: `The database refuses: ${quiet.error}`,
      whatToDo: "Mend what it names. The step is tried again by itself, and nothing is half-moved.",
    };
  }
  if (!quiet.held) {
    return quiet.left
      ? {
          cause: "WORKER_SILENT",
          reason: "The worker that had it gives no sign of life.",
          whatToDo:
            "Another worker takes it up by itself. If there is none, start one; restart one that hangs.",
        }
      : {
          cause: "NOT_TAKEN_UP",
          reason: "Workers are running, but none has taken it up.",
          whatToDo: "They may be busy with other migrations: wait for their turn, or start one more worker.",
        };
  }
  // Planning and proving are one long step each, and its worker lives: that is no stall.
  if (state !== "RUNNING" || quiet.workerSeconds <= patience) {
    return null;
  }
  return {
    cause: "NO_PROGRESS",
    reason: "Its worker lives, but no batch has been done since then.",
    whatToDo:
      "Look at the worker's log and at what the database waits for. Stopping the worker lets another one go on.",
  };
}
