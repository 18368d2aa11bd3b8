import type { StatementRunner } from "../../../platform/database/statement.ts";
import type { MigrationRecord } from "../migration-record.ts";
import { estimate } from "./estimate.ts";
import { measureRun } from "./measure-run.ts";
import { insertEstimateStatement } from "./sql/insert-estimate.ts";
import { scoreEstimatesStatement } from "./sql/score-estimates.ts";

/** Estimates kept of one run besides the one at its start. */
const keptPerRun = 20;

/**
 * Keeps the present estimate when this batch passes one of the run's twenty marks, and before the first batch. What
 * was shown is scored against what came of it, so it is kept as it was made. At most 21 rows per run.
 */
export async function keepEstimate(
  tx: StatementRunner,
  migration: Pick<MigrationRecord, "id" | "kind" | "totalItems">,
  { after, upTo }: { after: number; upTo: number },
): Promise<void> {
  const mark = (processed: number): number => Math.floor((processed * keptPerRun) / migration.totalItems);
  const isStart = upTo === 0;
  if (!isStart && (mark(upTo) === mark(after) || upTo >= migration.totalItems)) {
    return;
  }
  const made = estimate(await measureRun(tx, migration, upTo));
  if (made !== null) {
    await insertEstimateStatement.run(tx, [migration.id, upTo, made.low, made.high, made.until, made.basis]);
  }
}

/** At the end of a run: compares each kept estimate with what it took, and keeps the run's own times for later ones. */
export async function scoreEstimates(tx: StatementRunner, migrationId: string): Promise<void> {
  await scoreEstimatesStatement.run(tx, [migrationId]);
}
