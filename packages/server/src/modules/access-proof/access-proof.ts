import type { StatementRunner } from "../../platform/database/statement.ts";
import { withoutNestedLoops } from "../../platform/database/without-nested-loops.ts";
import { causeWords } from "./cause-words.ts";
import { analyzeDifferencesStatement } from "./sql/analyze-differences.ts";
import { discardDifferencesStatement } from "./sql/discard-differences.ts";
import { findDestinationStatement } from "./sql/find-destination.ts";
import { findUnexplainedPeopleStatement } from "./sql/find-unexplained-people.ts";
import { forgetDifferencesStatement } from "./sql/forget-differences.ts";
import { keepPeopleStatement } from "./sql/keep-people.ts";
import { keepProjectsStatement } from "./sql/keep-projects.ts";
import { markKeptStatement } from "./sql/mark-kept.ts";
import { refreshStatisticsStatement } from "./sql/refresh-statistics.ts";
import { writeDifferencesStatement } from "./sql/write-differences.ts";

/** What one cause accounts for in one direction. Counts are entries (person and resource) and people. */
export interface ProofCause {
  /** Null: nothing in the run accounts for it. */
  cause: string | null;
  /** Who approved or upgraded, or which other migration; null where the cause needs nobody. */
  causeId: string | null;
  /** The cause in words; null with a null cause. */
  explainedBy: string | null;
  gained: boolean;
  entries: number;
  people: number;
}

/** What the access proof of a run found. `unexplained` other than 0 means that it fails. */
export interface AccessProof {
  gained: number;
  lost: number;
  unexplained: number;
  /** People with an unexplained entry, and the first ten of them by email. */
  unexplainedPeople: number;
  unexplainedExamples: string[];
  causes: ProofCause[];
  /** Resources that a stored row for "every OPEN project" stands for. */
  openProjects: string[];
  computedAt: string;
}

const examples = 10;

/**
 * Keeps how the people of the plan stand on the destination now. Call it in the transaction that starts the run; a
 * second call changes nothing, since how people stood before can only be read before.
 */
export async function keepAccessBefore(em: StatementRunner, migrationId: string): Promise<void> {
  const [migration] = await markKeptStatement.run(em, [migrationId]);
  if (migration !== undefined) {
    const parameters = [migrationId, migration.siteId];
    await keepProjectsStatement.run(em, parameters);
    await withoutNestedLoops(em, () => keepPeopleStatement.run(em, parameters));
  }
}

/** Gathers the statistics that a computation is planned with. Not inside a transaction that goes on for long. */
export async function prepareProof(em: StatementRunner): Promise<void> {
  await refreshStatisticsStatement.run(em);
}

/**
 * Compares what the people of the run reach with what they are expected to reach, writes every difference under this
 * computation's number and sums them up. Call it in a transaction; it locks no row that others use. Earlier
 * computations stay until `replaceProof`.
 */
export async function computeProof(
  em: StatementRunner,
  migrationId: string,
  computation: number,
): Promise<AccessProof> {
  const [migration] = await findDestinationStatement.run(em, [migrationId]);
  if (migration?.kept !== true) {
    throw new Error(`Migration ${migrationId} has no access from before its run to compare with`);
  }
  const counts = await withoutNestedLoops(em, () =>
    writeDifferencesStatement.run(em, [migrationId, migration.siteId, computation]),
  );
  await analyzeDifferencesStatement.run(em);
  const [wrong] = await findUnexplainedPeopleStatement.run(em, [migrationId, computation, examples]);
  const words = await causeWords(em, migrationId, counts);
  const causes = counts.map(({ openProjects: _shared, ...count }) => ({
    ...count,
    explainedBy: words(count.cause, count.causeId),
  }));
  const sum = (matches: (cause: ProofCause) => boolean): number =>
    causes.filter(matches).reduce((total, cause) => total + cause.entries, 0);
  return {
    gained: sum((cause) => cause.gained),
    lost: sum((cause) => !cause.gained),
    unexplained: sum((cause) => cause.cause === null),
    unexplainedPeople: wrong?.count ?? 0,
    unexplainedExamples: wrong?.examples ?? [],
    causes,
    openProjects: counts[0]?.openProjects ?? [],
    computedAt: new Date().toISOString(),
  };
}

/** Removes what earlier computations wrote. Call it in the transaction that makes this computation the proof. */
export async function replaceProof(
  em: StatementRunner,
  migrationId: string,
  computation: number,
): Promise<void> {
  await forgetDifferencesStatement.run(em, [migrationId, computation]);
}

/** Removes what a computation wrote that access has outrun. Call it in the transaction of the computation. */
export async function discardProof(
  em: StatementRunner,
  migrationId: string,
  computation: number,
): Promise<void> {
  await discardDifferencesStatement.run(em, [migrationId, computation]);
}
