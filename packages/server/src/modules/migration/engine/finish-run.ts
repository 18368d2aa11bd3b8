import type { EntityManager } from "../../../platform/database/orm.ts";
import { prepareProof } from "../../access-proof/index.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { scoreEstimates } from "../estimate/keep-estimate.ts";
import { migrationName, type MigrationRecord } from "../migration-record.ts";
import { appendEvent } from "./append-event.ts";
import { moveState } from "./move-state.ts";
import { settleFollowUp } from "./settle-follow-up.ts";
import type { KindLookup } from "./scope.ts";
import type { StepOptions } from "./step-options.ts";
import { sayNumber } from "./say-number.ts";

/** RUNNING → VERIFYING, after the last batch. */
export async function startVerifying(
  tx: EntityManager,
  migration: MigrationRecord,
  { fence }: StepOptions,
): Promise<void> {
  // Here and not with the proof: the tables would stay closed to others who gather statistics until it is done.
  await prepareProof(tx);
  await fence(tx);
  await moveState(tx, migration.id, "VERIFYING");
  await appendEvent(tx, migration.id, "VERIFYING", "All rows are done; comparing access before and after");
}

/**
 * VERIFYING → completed: says how the run ended. Call it in the transaction that saves the proof, so that no run is
 * complete without one.
 */
export async function finishRun(
  tx: EntityManager,
  migration: MigrationRecord,
  proof: { gained: number; lost: number; unexplained: number },
  kinds: KindLookup,
): Promise<void> {
  const attention = migration.openAttentionCount;
  await moveState(tx, migration.id, attention > 0 ? "COMPLETED_WITH_ATTENTION" : "COMPLETED");
  await scoreEstimates(tx, migration.id);
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
    proof: { gained: proof.gained, lost: proof.lost, unexplained: proof.unexplained },
  });
}
