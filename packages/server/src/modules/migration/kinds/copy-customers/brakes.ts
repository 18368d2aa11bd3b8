import type { StatementRunner } from "../../../../platform/database/statement.ts";
import type { Batch, Brake, BrakeCounts, KindBrakes, PlanOutcomeCount, PlanSummary } from "../../kind.ts";
import type { CopyCustomersOptions } from "./options.ts";
import { listBrakeExamplesStatement } from "./sql/list-brake-examples.ts";
import { measureBatchStatement } from "./sql/measure-batch.ts";

/** The same conditions as in sql/brake-conditions.ts, over the plan's counted rows. */
const foretold: Record<Exclude<Brake, "FAILURES">, (row: PlanOutcomeCount) => boolean> = {
  LOSSES: (row) => row.effect === "LINK" && row.typeAfter === "BOTH",
  MERGES: (row) =>
    row.effect === "LINK" && row.sourceType === "PORTAL_ONLY" && row.typeAfter === "ATLASSIAN_ACCOUNT",
  NEW_SEATS: (row) =>
    row.effect === "LINK" &&
    row.sourceType === "ATLASSIAN_ACCOUNT" &&
    ["NOTHING", "PORTAL_ONLY"].includes(row.destinationState),
  DUPLICATES: (row) => row.problem === "DUPLICATE_ACCOUNTS_ON_DESTINATION",
};

/** What a copy of customers can do to people that somebody might not want done to many. */
export const copyBrakes: KindBrakes<CopyCustomersOptions> = {
  meanings: {
    LOSSES: "lose what their portal-only account reaches on the destination until it is upgraded",
    MERGES: "have a portal-only account that becomes one with an Atlassian account on the destination",
    NEW_SEATS: "have an Atlassian account that comes to the destination for the first time",
    FAILURES: "could not be written, or changed after the plan was made and were set aside",
    DUPLICATES: "have both account types on the destination",
  },
  forecast: forecastBrakes,
  measure: measureBatch,
  examples: listExamples,
};

function forecastBrakes(summary: PlanSummary): BrakeCounts {
  const count = (brake: keyof typeof foretold): number =>
    summary.rows.reduce((total, row) => total + (foretold[brake](row) ? row.count : 0), 0);
  return {
    LOSSES: count("LOSSES"),
    MERGES: count("MERGES"),
    NEW_SEATS: count("NEW_SEATS"),
    FAILURES: 0,
    DUPLICATES: count("DUPLICATES"),
  };
}

async function measureBatch(em: StatementRunner, batch: Batch<unknown>): Promise<BrakeCounts> {
  const [counts] = await measureBatchStatement.run(em, [batch.migrationId, batch.after, batch.upTo]);
  return counts ?? { LOSSES: 0, MERGES: 0, NEW_SEATS: 0, FAILURES: 0, DUPLICATES: 0 };
}

async function listExamples(em: StatementRunner, batch: Batch<unknown>, brake: Brake): Promise<string[]> {
  const rows = await listBrakeExamplesStatement.run(em, [batch.migrationId, batch.after, batch.upTo, brake]);
  return rows.map((row) => row.example);
}
