import type { EntityManager } from "../../../platform/database/orm.ts";
import { crashpoint } from "../../../platform/crashpoint.ts";
import { summarizeAccess, type AccessSummary } from "../../access-proof/index.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { migrationName, type MigrationRecord } from "../migration-record.ts";
import { appendEvent } from "./append-event.ts";
import { moveState } from "./move-state.ts";
import { settleFollowUp } from "./settle-follow-up.ts";
import type { StepOptions } from "./step-options.ts";
import { saveProofStatement } from "./sql/save-proof.ts";
import { sayNumber } from "./say-number.ts";

/** RUNNING → VERIFYING, after the last batch. */
export async function startVerifying(
  tx: EntityManager,
  migration: MigrationRecord,
  { fence }: StepOptions,
): Promise<void> {
  await fence(tx);
  await moveState(tx, migration.id, "VERIFYING");
  await appendEvent(tx, migration.id, "VERIFYING", "All rows are done; comparing access before and after");
}

/** VERIFYING → completed: computes the access proof and says how the run ended. */
export async function finishRun(
  tx: EntityManager,
  before: MigrationRecord,
  { kinds, fence }: StepOptions,
): Promise<void> {
  const proof = await summarizeAccess(tx, before.id);
  crashpoint("proof.computed");
  const migration = await fence(tx);
  await saveProofStatement.run(tx, [
    migration.id,
    JSON.stringify({ ...proof, computedAt: new Date().toISOString() }),
  ]);
  const attention = migration.openAttentionCount;
  await moveState(tx, migration.id, attention > 0 ? "COMPLETED_WITH_ATTENTION" : "COMPLETED");
  const summary =
    attention > 0
      ? `Migration complete! ${sayNumber(attention)} people require attention`
      : "Migration complete!";
  await appendAuditEntry(tx, {
    organizationId: migration.organizationId,
    actorAccountId: null,
    action: "migration.complete",
    subjectType: "migration",
    subjectId: migration.id,
    summary: `${migrationName(migration.number)}: ${summary}`,
  });
  await settleFollowUp(tx, kinds(migration.kind), migration);
  await appendEvent(tx, migration.id, "COMPLETED", summary, {
    successful: migration.successfulCount,
    requiresAttention: migration.attentionCount,
    failed: migration.failedCount,
    total: migration.totalItems,
    proof,
  });
}

/** Computes the proof of a run afresh: at its end, and after an approval or an upgrade. */
export async function proveAgain(
  tx: EntityManager,
  migration: MigrationRecord,
  { fence }: StepOptions,
): Promise<AccessSummary> {
  await fence(tx);
  const proof = await summarizeAccess(tx, migration.id);
  await saveProofStatement.run(tx, [
    migration.id,
    JSON.stringify({ ...proof, computedAt: new Date().toISOString() }),
  ]);
  return proof;
}
