import type { EntityManager } from "../../../platform/database/orm.ts";
import { crashpoint } from "../../../platform/crashpoint.ts";
import type { MigrationRecord } from "../migration-record.ts";
import { appendEvent } from "./append-event.ts";
import { holdFence, type Lease } from "./lease.ts";
import { moveState } from "./move-state.ts";
import type { StepOptions } from "./step-options.ts";
import { scopeOf } from "./scope.ts";
import { saveChecksStatement } from "./sql/save-checks.ts";
import { savePlanStatement } from "./sql/save-plan.ts";
import { sayNumber } from "./say-number.ts";
import { statesBefore, type MigrationState } from "./states.ts";
import { failUndo } from "./undo-batch.ts";

/** States that a failure of the engine ends; in the others only an undo can fail. */
const failing: readonly MigrationState[] = ["CHECKING", "RUNNING", "VERIFYING"];
const undoable: readonly MigrationState[] = statesBefore("UNDOING");

/** CHECKING → PLANNED: items, checks and fingerprint in one transaction, so a plan is there whole or not at all. */
export async function makePlan(
  tx: EntityManager,
  migration: MigrationRecord,
  { kinds, fence }: StepOptions,
): Promise<void> {
  const kind = kinds(migration.kind);
  const scope = scopeOf(migration, kind);
  const digest = await kind.inputDigest(tx, scope);
  const summary = await kind.plan(tx, scope);
  const checks = await kind.check(tx, scope);
  crashpoint("plan.computed");
  await fence(tx);
  await saveChecksStatement.run(tx, [migration.id, JSON.stringify(checks)]);
  await savePlanStatement.run(tx, [migration.id, JSON.stringify(summary), digest]);
  const blocked = checks.filter((check) => check.severity === "BLOCKER" && !check.passed).length;
  const text = `Plan ready: ${sayNumber(summary.totalItems)} rows, ${sayNumber(summary.requiresAttention)} require attention, ${sayNumber(summary.failed)} not copied`;
  await appendEvent(tx, migration.id, "PLANNED", blocked > 0 ? `${text}, ${blocked} blocking checks` : text, {
    fingerprint: summary.fingerprint,
    total: summary.totalItems,
    blocked,
  });
}

/** Records why the engine gave up: planning goes back to DRAFT, a run becomes FAILED, an undo ends. Nothing half-moved remains. */
export async function failRun(em: EntityManager, lease: Lease, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  await em.transactional(async (tx) => {
    const { state } = await holdFence(tx, lease, [...failing, ...undoable, "UNDOING"]);
    if ((await failUndo(tx, lease.migrationId, message)) || !failing.includes(state)) {
      return;
    }
    const planning = state === "CHECKING";
    await moveState(tx, lease.migrationId, planning ? "DRAFT" : "FAILED", message);
    await appendEvent(
      tx,
      lease.migrationId,
      planning ? "PLANNING_FAILED" : "FAILED",
      planning
        ? "Planning failed; nothing was changed"
        : "The run stopped at a batch edge; nothing is half-moved",
      { failure: message },
    );
  });
}
