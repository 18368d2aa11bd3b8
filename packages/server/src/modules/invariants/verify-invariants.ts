import type { StatementRunner } from "../../platform/database/statement.ts";
import { invariants, type Invariant } from "./invariants.ts";
import type { Violation } from "./violation.ts";

/** How many offending rows of one invariant are shown; statements look for one more. */
const mostShown = 20;

/** What was found for one invariant. */
export interface InvariantFinding {
  invariant: Invariant;
  /** At most 20. */
  violations: Violation[];
  /** Whether there are more than those. */
  more: boolean;
}

/**
 * Looks at every invariant that applies so far. Reads only; give it a connection in one read-only, repeatable-read
 * transaction, so that all of them see the same moment.
 */
export async function verifyInvariants(em: StatementRunner): Promise<InvariantFinding[]> {
  const findings: InvariantFinding[] = [];
  for (const invariant of invariants) {
    const rows = await lookAt(em, invariant);
    findings.push({ invariant, violations: rows.slice(0, mostShown), more: rows.length > mostShown });
  }
  return findings;
}

async function lookAt(em: StatementRunner, invariant: Invariant): Promise<Violation[]> {
  if ("notYet" in invariant) {
    return [];
  }
  const rows = await invariant.statement.run(em, invariant.parameters?.() ?? []);
  for (const statement of invariant.also ?? []) {
    rows.push(...(await statement.run(em)));
  }
  return rows;
}

/** The findings as lines for people: one per invariant, and under it the offending rows. */
export function describeFindings(findings: readonly InvariantFinding[]): string[] {
  return findings.flatMap(({ invariant, violations, more }) => {
    const name = `${invariant.id.padEnd(4)}${invariant.title}`;
    if ("notYet" in invariant) {
      return [`--    ${name}: not applicable, ${invariant.notYet}`];
    }
    if (violations.length === 0) {
      return [`ok    ${name}`];
    }
    const rows = violations.map(({ subject, problem }) => `        ${subject} ${problem}`);
    return [`FAIL  ${name}`, ...rows, ...(more ? [`        … and more than these ${mostShown}`] : [])];
  });
}
