import { createHash } from "node:crypto";
import type { EvidenceMigration } from "../manifest.ts";
import { differs } from "./difference.ts";
import { isShownWhole, type Findings } from "./inspectors.ts";

/** Holds the files of a pack against each other. Returns what was checked, a sentence each; ends at the first difference. */
export function compareFindings(found: Findings): string[] {
  const { migration } = found;
  if (migration === undefined) {
    differs("migration.json is missing from the archive");
  }
  return [
    compareEvents(found, migration),
    compareTotals(found, migration),
    compareFingerprint(found, migration),
    compareApprovals(found, migration),
    compareProof(found),
  ];
}

function compareEvents(found: Findings, { firstKeptSequence = 1, lastSequence }: EvidenceMigration): string {
  if (found.firstSequence !== undefined && found.firstSequence !== firstKeptSequence) {
    differs(
      `events.jsonl begins with event ${found.firstSequence}; the migration's log begins with ${firstKeptSequence}`,
    );
  }
  if (found.lastSequence !== lastSequence) {
    differs(`events.jsonl ends at event ${found.lastSequence}; the migration's log has ${lastSequence}`);
  }
  const kept = `events ${firstKeptSequence} to ${lastSequence} are there without a gap`;
  return firstKeptSequence === 1
    ? kept
    : `${kept}; the log begins there: earlier events were removed after their time, before the pack was made`;
}

function compareTotals(found: Findings, migration: EvidenceMigration): string {
  const { outcomes, summary } = found;
  const pairs: [what: string, counted: number, stated: number | undefined, label: string][] = [
    ["rows", found.items.count, migration.totalItems, "Total rows"],
    ["successful rows", outcomes.SUCCESSFUL, migration.successful, "Successful"],
    [
      "rows that require attention",
      outcomes.REQUIRES_ATTENTION,
      migration.requiresAttention,
      "Requires attention",
    ],
    ["failed rows", outcomes.FAILED, migration.failed, "Failed"],
    ["rows not applied", outcomes.none, migration.notApplied, "Not applied yet"],
  ];
  for (const [what, counted, stated, label] of pairs) {
    if (counted !== stated) {
      differs(`plan/items.jsonl has ${counted} ${what}; migration.json says ${stated}`);
    }
    const reported = summary.get(label) ?? 0;
    if (counted !== reported) {
      differs(`plan/items.jsonl has ${counted} ${what}; report/Summary.csv says ${reported}`);
    }
  }
  return `${found.items.count} rows, one outcome each, add up to the totals of the run and of the report`;
}

function compareFingerprint(found: Findings, migration: EvidenceMigration): string {
  const stated = migration.approvedFingerprint ?? migration.planFingerprint;
  if (found.partDigests.length === 0 && found.items.count > 0) {
    return "the plan's fingerprint was NOT computed again: an earlier version made the plan and kept no sealed rows";
  }
  const computed = createHash("sha256").update(Buffer.concat(found.partDigests)).digest("hex");
  if (computed !== stated) {
    differs(`the sealed rows give the fingerprint ${computed}; approved was ${stated}`);
  }
  if (found.sealed.count !== found.items.count) {
    differs(`${found.sealed.count} rows were sealed and plan/items.jsonl has ${found.items.count}`);
  }
  const part = found.sealed.parts.findIndex((digest, index) => digest !== found.items.parts[index]);
  if (part !== -1) {
    differs(
      `plan/items.jsonl: a row of ${part * 1000 + 1}–${(part + 1) * 1000} is not the one that was sealed`,
    );
  }
  return `the sealed rows give the approved fingerprint ${computed.slice(0, 12)}, and are the rows that were run`;
}

function compareApprovals(found: Findings, migration: EvidenceMigration): string {
  const approvals = found.approvals ?? differs("approvals.json is missing from the archive");
  if (approvals.length === 0) {
    return "what the approver was shown was NOT checked: an earlier version approved the plan and kept none of it";
  }
  for (const approval of approvals) {
    if (approval.fingerprint !== migration.approvedFingerprint) {
      differs(`approvals.json: approval ${approval.ordinal} is for another fingerprint than the one sealed`);
    }
    if (!isShownWhole(approval)) {
      differs(`approvals.json: what approval ${approval.ordinal} shows does not have the digest it states`);
    }
  }
  const people = [...new Set(approvals.map((approval) => approval.by.email))];
  const required = approvals.at(-1)?.required ?? 1;
  if (new Set(approvals.map((approval) => approval.by.id)).size < required) {
    differs(`approvals.json: ${required} approvers were required and ${people.length} approved`);
  }
  return `approved by ${people.join(" and ")} (${required} required), with what each was shown`;
}

function compareProof(found: Findings): string {
  const proof = found.proof ?? differs("proof/summary.json is missing from the archive");
  for (const what of ["gained", "lost", "unexplained"] as const) {
    const [counted, stated] = [found.differences[what], proof.atExport[what]];
    if (counted !== stated) {
      differs(`proof/differences.jsonl has ${counted} ${what}; proof/summary.json says ${stated}`);
    }
  }
  if (proof.stored === null) {
    return "access proof: none, the run had not ended when the pack was made";
  }
  const { gained, lost, unexplained } = proof.atExport;
  const verdict = unexplained === 0 ? "HOLDS" : "DOES NOT HOLD";
  return `access proof ${verdict}: ${gained} gained, ${lost} lost, ${unexplained} unexplained`;
}
