import { crashpoint } from "../../../platform/crashpoint.ts";
import type { EntityManager } from "../../../platform/database/orm.ts";
import { computeProof, discardProof, replaceProof, type AccessProof } from "../../access-proof/index.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { migrationName, type MigrationRecord } from "../migration-record.ts";
import { appendEvent } from "./append-event.ts";
import { finishRun } from "./finish-run.ts";
import { sayNumber } from "./say-number.ts";
import { askOthersAgainStatement } from "./sql/ask-others-again.ts";
import { saveProofStatement } from "./sql/save-proof.ts";
import type { StepOptions } from "./step-options.ts";

/**
 * Computes the access proof of a run: at its end, which it completes, and after an approval, an upgrade or an undo.
 * The fence, and with it the migration's row, is taken only to save what was found, so that decisions never wait for
 * the comparison. A decision in between discards it, and the engine comes again.
 */
export async function proveRun(
  tx: EntityManager,
  before: MigrationRecord,
  { kinds, fence }: StepOptions,
): Promise<void> {
  const computation = before.accessVersion;
  const proof = await computeProof(tx, before.id, computation);
  crashpoint("proof.computed");
  const migration = await fence(tx);
  if (migration.accessVersion !== computation) {
    await discardProof(tx, migration.id, computation);
    return;
  }
  await replaceProof(tx, migration.id, computation);
  await saveProofStatement.run(tx, [migration.id, JSON.stringify(proof), computation]);
  if (sumOf(proof) !== sumOf(migration.proof)) {
    await askOthersAgainStatement.run(tx, [migration.id]);
  }
  if (migration.state === "VERIFYING") {
    await finishRun(tx, migration, proof, kinds);
  }
  await announceVerdict(tx, migration, proof);
}

/** A proof that fails is told with its people, one that holds only when it is a later one. */
async function announceVerdict(
  tx: EntityManager,
  migration: MigrationRecord,
  proof: AccessProof,
): Promise<void> {
  const payload = { gained: proof.gained, lost: proof.lost, unexplained: proof.unexplained };
  if (proof.unexplained === 0) {
    if (migration.state !== "VERIFYING") {
      const summary = `Access proof holds: ${sayNumber(proof.gained)} gained, ${sayNumber(proof.lost)} lost, each explained`;
      await appendEvent(tx, migration.id, "PROOF_PASSED", summary, payload);
    }
    return;
  }
  const summary = sayFailure(proof);
  await appendAuditEntry(tx, {
    organizationId: migration.organizationId,
    actorAccountId: null,
    action: "migration.proof-fail",
    subjectType: "migration",
    subjectId: migration.id,
    summary: `${migrationName(migration.number)}: ${summary}`,
    after: { ...payload, people: proof.unexplainedPeople, examples: proof.unexplainedExamples },
  });
  await appendEvent(tx, migration.id, "PROOF_FAILED", summary, {
    ...payload,
    people: proof.unexplainedPeople,
    examples: proof.unexplainedExamples,
  });
}

/** Access proof failed: 3 changes of 2 people cannot be explained. Look at a@b.example and c@d.example first. */
function sayFailure(proof: AccessProof): string {
  const changes = proof.unexplained === 1 ? "1 change" : `${sayNumber(proof.unexplained)} changes`;
  const people = proof.unexplainedPeople === 1 ? "1 person" : `${sayNumber(proof.unexplainedPeople)} people`;
  const first = proof.unexplainedExamples.slice(0, 3);
  const named = first.length > 1 ? `${first.slice(0, -1).join(", ")} and ${first.at(-1)}` : first.join("");
  const more = proof.unexplainedPeople > first.length ? " first" : "";
  return `Access proof failed: ${changes} of ${people} cannot be explained. Look at ${named}${more}`;
}

function sumOf(proof: { gained: number; lost: number; unexplained: number } | null): string {
  return proof === null ? "none" : `${proof.gained}/${proof.lost}/${proof.unexplained}`;
}
