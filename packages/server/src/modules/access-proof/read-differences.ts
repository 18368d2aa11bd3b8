import type { StatementRunner } from "../../platform/database/statement.ts";
import type { SayCause } from "./cause-words.ts";
import { findComputationStatement } from "./sql/find-computation.ts";
import { listDifferencesStatement } from "./sql/list-differences.ts";
import { listPeopleStatement, type DifferenceRow } from "./sql/list-people.ts";
import { listUnexplainedStatement } from "./sql/list-unexplained.ts";

/** Sets of differences that are kept while streaming; each has as many entries as a person reaches. */
const mostKnown = 1_000;

/** One thing a person of a run lost or gained. */
export interface AccessDifference {
  email: string;
  /** `project KEY` or `request KEY` of the destination. */
  resource: string;
  /** Always `reach` today. */
  permission: string;
  change: "lost" | "gained";
  cause: string | null;
  /** The outcome, approval or upgrade that accounts for it; null when nothing in the run does. */
  explainedBy: string | null;
}

/** What one person lost and gained, in byte order of resources. */
export interface PersonDifferences {
  email: string;
  /** The same array for people with the same differences, so that they are formatted once. */
  differences: readonly Omit<AccessDifference, "email">[];
}

/** Which differences; absent conditions are null. `text` is looked for in emails and resources. */
export interface DifferenceFilter {
  change: "lost" | "gained" | null;
  explained: boolean | null;
  cause: string | null;
  text: string | null;
}

interface StoredProof {
  computation: string;
  openProjects: string[];
  say: SayCause;
}

/**
 * Every difference of the newest proof in byte order of email and resource, in pages of whole people: `pageSize` rows
 * end a page and so bound the memory. Nothing before the first proof.
 */
export async function* streamDifferences(
  em: StatementRunner,
  migrationId: string,
  pageSize = 2_000,
): AsyncGenerator<PersonDifferences[], void, void> {
  const stored = await findProof(em, migrationId);
  const known = new Map<string, PersonDifferences["differences"]>();
  let after: string | null = null;
  while (stored !== null) {
    const rows: DifferenceRow[] = await listPeopleStatement.run(em, [
      migrationId,
      stored.computation,
      after,
      pageSize,
    ]);
    const last = rows.at(-1);
    if (last === undefined) {
      return;
    }
    after = last.email;
    yield toPeople(rows, stored, known);
  }
}

/** A page of the differences of the newest proof after a key, in the same order; empty before the first proof. */
export async function readDifferences(
  em: StatementRunner,
  migrationId: string,
  filter: DifferenceFilter,
  after: { email: string; resource: string } | null,
  limit: number,
): Promise<AccessDifference[]> {
  const stored = await findProof(em, migrationId);
  if (stored === null || (filter.explained === false && filter.cause !== null)) {
    return [];
  }
  const list = filter.explained === false ? listUnexplainedStatement : listDifferencesStatement;
  const rows = await list.run(em, [
    migrationId,
    stored.computation,
    stored.openProjects,
    filter.change === null ? null : filter.change === "gained",
    filter.explained,
    filter.cause,
    filter.text?.trim().toLowerCase() || null,
    after?.email ?? null,
    after?.resource ?? null,
    limit,
  ]);
  return rows.map((row) => ({ email: row.email, ...toDifference(row.resource, row, stored.say) }));
}

async function findProof(em: StatementRunner, migrationId: string): Promise<StoredProof | null> {
  const [row] = await findComputationStatement.run(em, [migrationId]);
  if (!row?.proof) {
    return null;
  }
  const words = new Map(
    (row.proof.causes ?? []).map(({ cause, causeId, explainedBy }) => [`${cause} ${causeId}`, explainedBy]),
  );
  return {
    computation: row.computation,
    openProjects: row.proof.openProjects ?? [],
    say: (cause, causeId) => (cause === null ? null : (words.get(`${cause} ${causeId}`) ?? null)),
  };
}

/** The rows are in order of email, one or more for each person. */
function toPeople(
  rows: readonly DifferenceRow[],
  stored: StoredProof,
  known: Map<string, PersonDifferences["differences"]>,
): PersonDifferences[] {
  const people: PersonDifferences[] = [];
  let start = 0;
  while (start < rows.length) {
    const email = rows[start]?.email ?? "";
    let end = start + 1;
    while (rows[end]?.email === email) {
      end += 1;
    }
    people.push({ email, differences: expand(rows.slice(start, end), stored, known) });
    start = end;
  }
  return people;
}

/** Most people share their differences with many others, those without requests of their own; these are kept. */
function expand(
  rows: readonly DifferenceRow[],
  stored: StoredProof,
  known: Map<string, PersonDifferences["differences"]>,
): PersonDifferences["differences"] {
  const key = JSON.stringify(rows.map(({ email: _email, ...row }) => row));
  const same = known.get(key);
  if (same !== undefined) {
    return same;
  }
  const differences = rows
    .flatMap((row) =>
      (row.openProjects ? [...stored.openProjects, ...row.resources] : row.resources).map((resource) =>
        toDifference(resource, row, stored.say),
      ),
    )
    .sort((one, other) => (one.resource < other.resource ? -1 : 1));
  if (known.size < mostKnown) {
    known.set(key, differences);
  }
  return differences;
}

function toDifference(
  resource: string,
  row: { gained: boolean; cause: string | null; causeId: string | null },
  say: SayCause,
): Omit<AccessDifference, "email"> {
  return {
    resource,
    permission: "reach",
    change: row.gained ? "gained" : "lost",
    cause: row.cause,
    explainedBy: say(row.cause, row.causeId),
  };
}
