import { createHash } from "node:crypto";
import { digestJson } from "../../../platform/canonical-json.ts";
import type { EvidenceApproval, EvidenceMigration, EvidenceProof, ProofTally } from "../manifest.ts";
import { differs } from "./difference.ts";
import { parseSealedRows } from "./sealed-rows.ts";

/** Rows per part of the fingerprint. */
const partSize = 1000;

/** What the files say, gathered as they stream by. Holds numbers and one digest per thousand rows, never the rows. */
export class Findings {
  migration: EvidenceMigration | undefined;
  approvals: EvidenceApproval[] | undefined;
  proof: EvidenceProof | undefined;
  readonly differences: ProofTally = { gained: 0, lost: 0, unexplained: 0 };
  readonly outcomes = { SUCCESSFUL: 0, REQUIRES_ATTENTION: 0, FAILED: 0, none: 0 };
  readonly summary = new Map<string, number>();
  readonly items = new RowDigests();
  readonly sealed = new RowDigests();
  readonly partDigests: Buffer[] = [];
  /** Undefined: there are no events. */
  firstSequence: number | undefined;
  lastSequence = 0;
}

/** A digest over who is in each thousand rows and what was planned for them. */
class RowDigests {
  readonly parts: string[] = [];
  count = 0;
  #hash = createHash("sha256");

  add(values: readonly unknown[]): void {
    this.count += 1;
    this.#hash.update(`${JSON.stringify(values)}\n`);
    if (this.count % partSize === 0) {
      this.#close();
    }
  }

  end(): void {
    if (this.count % partSize !== 0) {
      this.#close();
    }
  }

  #close(): void {
    this.parts.push(this.#hash.digest("hex"));
    this.#hash = createHash("sha256");
  }
}

/** Reads one file of the pack line by line; `end` comes after its last line. */
export interface Inspector {
  line(text: string): void;
  end?(): void;
}

/** Who looks at which file, besides its hash and size. Files without an inspector are covered by those alone. */
export function inspectors(found: Findings): Record<string, Inspector> {
  return {
    "migration.json": whole("migration.json", (value) => (found.migration = value as EvidenceMigration)),
    "approvals.json": whole("approvals.json", (value) => (found.approvals = value as EvidenceApproval[])),
    "proof/summary.json": whole("proof/summary.json", (value) => (found.proof = value as EvidenceProof)),
    "events.jsonl": { line: (text) => inspectEvent(found, text) },
    "plan/items.jsonl": {
      line: (text) => inspectItem(found, text),
      end: () => found.items.end(),
    },
    "plan/sealed-rows.jsonl": {
      line: (text) => inspectPart(found, text),
      end: () => found.sealed.end(),
    },
    "proof/differences.jsonl": { line: (text) => inspectDifference(found, text) },
    "report/Summary.csv": { line: (text) => inspectSummary(found, text) },
  };
}

function whole(name: string, keep: (value: unknown) => void): Inspector {
  const lines: string[] = [];
  return {
    line: (text) => lines.push(text),
    end: () => keep(parse(name, lines.join("\n"))),
  };
}

function inspectEvent(found: Findings, text: string): void {
  const { sequence } = parse("events.jsonl", text) as { sequence: number };
  if (found.firstSequence === undefined) {
    // Where the log may begin says migration.json: compared when both are read.
    found.firstSequence = sequence;
  } else if (sequence !== found.lastSequence + 1) {
    differs(
      `events.jsonl: after event ${found.lastSequence} comes ${sequence}, not ${found.lastSequence + 1}`,
    );
  }
  found.lastSequence = sequence;
}

function inspectItem(found: Findings, text: string): void {
  const item = parse("plan/items.jsonl", text) as Record<string, unknown>;
  if (item.ordinal !== found.items.count + 1) {
    differs(`plan/items.jsonl: row ${found.items.count + 1} is missing`);
  }
  const { ordinal, email, raw_email, name, source_type, planned_outcome } = item;
  found.items.add([ordinal, email, raw_email, name, source_type, planned_outcome]);
  const outcome = (item.outcome ?? "none") as keyof Findings["outcomes"];
  found.outcomes[outcome] += 1;
}

function inspectPart(found: Findings, text: string): void {
  const part = parse("plan/sealed-rows.jsonl", text) as { number: number; rows: number; text: string };
  if (part.number !== found.partDigests.length) {
    differs(`plan/sealed-rows.jsonl: part ${found.partDigests.length} is missing`);
  }
  found.partDigests.push(createHash("sha256").update(part.text, "utf8").digest());
  for (const fields of parseSealedRows(part.text)) {
    const [ordinal, email, rawEmail, name, sourceType] = fields;
    // Empty texts are printed as quoted ones, so only what may be null comes as null.
    found.sealed.add([Number(ordinal), email, rawEmail ?? "", name ?? "", sourceType, fields[17]]);
  }
}

function inspectDifference(found: Findings, text: string): void {
  const { change, explainedBy } = parse("proof/differences.jsonl", text) as {
    change: "gained" | "lost";
    explainedBy: string | null;
  };
  found.differences[change] += 1;
  found.differences.unexplained += explainedBy === null ? 1 : 0;
}

function inspectSummary(found: Findings, text: string): void {
  const [, label, count] = /^"?([^",]+)"?,"?(\d+)"?\r?$/.exec(text) ?? [];
  if (label !== undefined) {
    found.summary.set(label, Number(count));
  }
}

/** Whether an approval's digest is that of what it says was shown. */
export function isShownWhole(approval: EvidenceApproval): boolean {
  return digestJson(approval.shown) === approval.shownDigest;
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return differs(`${name} holds something that is no JSON`);
  }
}
