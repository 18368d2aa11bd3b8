import type { StatementRunner } from "../../platform/database/statement.ts";
import { streamDifferences } from "../access-proof/index.ts";
import { loadReportFiles, type MigrationRecord } from "../migration/index.ts";
import type { EvidenceProof, ProofTally } from "./manifest.ts";
import { listApprovalsStatement } from "./sql/list-approvals.ts";
import { listAuditEntriesStatement, type EvidenceAuditEntry } from "./sql/list-audit-entries.ts";
import { listChecksStatement } from "./sql/list-checks.ts";
import { listEventsStatement, type EvidenceEvent } from "./sql/list-events.ts";
import { listItemsStatement, type EvidenceItem } from "./sql/list-items.ts";
import { listSealedRowsStatement, type SealedPart } from "./sql/list-sealed-rows.ts";
import { loadMigrationStatement } from "./sql/load-migration.ts";
import { readEnvironmentStatement } from "./sql/read-environment.ts";

/** Rows per statement; parts hold a thousand rows each. */
const pageSize = 2_000;
const partsPerPage = 20;

/** One file of the pack: its name and its text in pieces. */
export interface EvidenceFile {
  name: string;
  text: AsyncIterable<string>;
}

/**
 * Everything the pack says about a migration, in the order it is written. Read page by page in the caller's
 * transaction: memory stays flat at any size, and all files are of one moment.
 */
export async function evidenceFiles(
  em: StatementRunner,
  migration: MigrationRecord,
  programVersion: string,
): Promise<EvidenceFile[]> {
  const { id, organizationId } = migration;
  const tally: ProofTally = { gained: 0, lost: 0, unexplained: 0 };
  const report = await loadReportFiles(em, id);
  return [
    {
      name: "migration.json",
      text: json(async () => (await loadMigrationStatement.run(em, [id]))[0]?.migration),
    },
    { name: "environment.json", text: json(() => describeEnvironment(em, programVersion)) },
    { name: "approvals.json", text: json(() => listApprovalsStatement.run(em, [id])) },
    {
      name: "plan/checks.json",
      text: json(async () => (await listChecksStatement.run(em, [id])).map((row) => row.check)),
    },
    { name: "plan/sealed-rows.jsonl", text: jsonLines(sealedRows(em, id)) },
    { name: "plan/items.jsonl", text: jsonLines(items(em, id)) },
    { name: "events.jsonl", text: jsonLines(events(em, id)) },
    { name: "audit.jsonl", text: jsonLines(auditEntries(em, organizationId, id)) },
    ...report.map(({ name, text }) => ({ name: `report/${name}`, text })),
    { name: "proof/differences.jsonl", text: jsonLines(differences(em, id, tally)) },
    // After the differences, which it counts.
    {
      name: "proof/summary.json",
      text: json(async (): Promise<EvidenceProof> => ({ stored: migration.proof, atExport: tally })),
    },
  ];
}

async function describeEnvironment(em: StatementRunner, programVersion: string): Promise<object> {
  const [facts] = await readEnvironmentStatement.run(em);
  return { program: `rehome ${programVersion}`, node: process.version, ...facts };
}

async function* json(read: () => Promise<unknown>): AsyncGenerator<string> {
  yield `${JSON.stringify(await read(), null, 2)}\n`;
}

async function* jsonLines(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const page of pages) {
    yield page.map((row) => `${JSON.stringify(row)}\n`).join("");
  }
}

async function* items(em: StatementRunner, id: string): AsyncGenerator<EvidenceItem[]> {
  for (let after = 0; ;) {
    const page = await listItemsStatement.run(em, [id, after, pageSize]);
    const last = page.at(-1);
    if (last === undefined) {
      return;
    }
    yield page.map((row) => row.item);
    after = last.item.ordinal;
  }
}

async function* sealedRows(em: StatementRunner, id: string): AsyncGenerator<SealedPart[]> {
  for (let after = -1; ;) {
    const page = await listSealedRowsStatement.run(em, [id, after, partsPerPage]);
    const last = page.at(-1);
    if (last === undefined) {
      return;
    }
    yield page;
    after = last.number;
  }
}

async function* events(em: StatementRunner, id: string): AsyncGenerator<EvidenceEvent[]> {
  for (let after = 0; ;) {
    const page = await listEventsStatement.run(em, [id, after, pageSize]);
    const last = page.at(-1);
    if (last === undefined) {
      return;
    }
    yield page;
    after = last.sequence;
  }
}

async function* auditEntries(
  em: StatementRunner,
  organizationId: string,
  id: string,
): AsyncGenerator<EvidenceAuditEntry[]> {
  for (let last: EvidenceAuditEntry | undefined; ;) {
    const after = [last?.at ?? null, last?.id ?? null];
    const page = await listAuditEntriesStatement.run(em, [organizationId, id, ...after, pageSize]);
    last = page.at(-1);
    if (last === undefined) {
      return;
    }
    yield page;
  }
}

async function* differences(
  em: StatementRunner,
  id: string,
  tally: ProofTally,
): AsyncGenerator<readonly unknown[]> {
  for await (const people of streamDifferences(em, id)) {
    const page = people.flatMap((person) =>
      person.differences.map(({ cause: _cause, ...entry }) => ({ email: person.email, ...entry })),
    );
    for (const entry of page) {
      tally[entry.change] += 1;
      tally.unexplained += entry.explainedBy === null ? 1 : 0;
    }
    yield page;
  }
}
