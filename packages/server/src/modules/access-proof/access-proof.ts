import type { StatementRunner } from "../../platform/database/statement.ts";
import { withoutNestedLoops } from "../../platform/database/without-nested-loops.ts";
import { compareAccessStatement } from "./sql/compare-access.ts";
import { findDestinationStatement } from "./sql/find-destination.ts";
import { keepAccessBeforeStatement } from "./sql/keep-access-before.ts";
import { listPeopleStatement } from "./sql/list-people.ts";
import { refreshStatisticsStatement } from "./sql/refresh-statistics.ts";
import { summarizeAccessStatement } from "./sql/summarize-access.ts";

/** One thing a person of a run reached before and not now, or now and not before. */
export interface AccessDifference {
  email: string;
  /** `project KEY` or `request KEY` of the destination. */
  resource: string;
  /** Always `reach` today. */
  permission: string;
  change: "lost" | "gained";
  /** The outcome, approval or upgrade that accounts for it; null when nothing in the run does. */
  explainedBy: string | null;
}

/** Counts of entries; `unexplained` other than 0 means that the run's proof fails. */
export interface AccessSummary {
  gained: number;
  lost: number;
  unexplained: number;
}

/**
 * Keeps what the people of the plan reach on the destination now. Call it in the transaction that starts the run;
 * a second call changes nothing.
 */
export async function keepAccessBefore(em: StatementRunner, migrationId: string): Promise<void> {
  const destination = await findDestination(em, migrationId);
  await withoutNestedLoops(em, () => keepAccessBeforeStatement.run(em, [migrationId, destination.siteId]));
}

/** Compares what the people of the run reached before it with what they reach now. */
export async function summarizeAccess(em: StatementRunner, migrationId: string): Promise<AccessSummary> {
  const destination = await findDestination(em, migrationId);
  await refreshStatisticsStatement.run(em);
  const [summary] = await withoutNestedLoops(em, () =>
    summarizeAccessStatement.run(em, [migrationId, destination.siteId]),
  );
  return summary ?? { gained: 0, lost: 0, unexplained: 0 };
}

/**
 * Every difference in order of email and resource, a page of people at a time, so that a report of any size
 * streams. Pages without a difference are not yielded.
 * @param pageSize people per page
 */
export async function* streamAccessChanges(
  em: StatementRunner,
  migrationId: string,
  pageSize = 2_000,
): AsyncGenerator<AccessDifference[], void, void> {
  const destination = await findDestination(em, migrationId);
  let after: string | null = null;
  for (;;) {
    const people: { email: string }[] = await listPeopleStatement.run(em, [migrationId, after, pageSize]);
    const last = people.at(-1);
    if (last === undefined) {
      return;
    }
    after = last.email;
    const emails = people.map((person) => person.email);
    const page = await compareAccessStatement.run(em, [migrationId, destination.siteId, emails]);
    if (page.length > 0) {
      yield page;
    }
  }
}

/**
 * Some of the differences, unexplained ones first. Reads only as many people as it takes to have them all or
 * `limit`, going by the counts of the stored proof; empty before the first proof.
 */
export async function accessProofSample(
  em: StatementRunner,
  migrationId: string,
  limit: number,
): Promise<AccessDifference[]> {
  const { entries, unexplained } = await findDestination(em, migrationId);
  const wanted = Math.min(limit, entries ?? 0);
  const wantedUnexplained = Math.min(limit, unexplained ?? 0);
  if (wanted === 0) {
    return [];
  }
  const seen: { explained: AccessDifference[]; unexplained: AccessDifference[] } = {
    explained: [],
    unexplained: [],
  };
  for await (const page of streamAccessChanges(em, migrationId, 5_000)) {
    for (const entry of page) {
      seen[entry.explainedBy === null ? "unexplained" : "explained"].push(entry);
    }
    seen.explained.length = Math.min(seen.explained.length, limit);
    if (
      seen.unexplained.length >= wantedUnexplained &&
      seen.unexplained.length + seen.explained.length >= wanted
    ) {
      break;
    }
  }
  return [...seen.unexplained, ...seen.explained].slice(0, limit);
}

async function findDestination(
  em: StatementRunner,
  migrationId: string,
): Promise<{ siteId: string; entries: number | null; unexplained: number | null }> {
  const [row] = await findDestinationStatement.run(em, [migrationId]);
  if (row === undefined) {
    throw new Error(`No migration ${migrationId} to compare access for`);
  }
  return row;
}
