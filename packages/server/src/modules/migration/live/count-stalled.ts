import type { StatementRunner } from "../../../platform/database/statement.ts";
import { listPacesStatement } from "../estimate/sql/list-paces.ts";
import { listMovingStatement } from "../sql/list-moving.ts";
import { batchSecondsOf } from "./batch-seconds.ts";
import { readStall } from "./read-stall.ts";

/** How many migrations stall, judged one by one as their pages do: few are ever moving at a time. */
export async function countStalled(em: StatementRunner): Promise<number> {
  let stalled = 0;
  for (const migration of await listMovingStatement.run(em)) {
    const hasBatches = ["RUNNING", "VERIFYING"].includes(migration.state);
    const steps = hasBatches ? await listPacesStatement.run(em, [migration.id]) : [];
    const paces = steps.filter((step) => step.type === "BATCH_APPLIED");
    stalled += (await readStall(em, migration, batchSecondsOf(paces))) === null ? 0 : 1;
  }
  return stalled;
}
