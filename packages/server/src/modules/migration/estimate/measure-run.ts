import type { StatementRunner } from "../../../platform/database/statement.ts";
import type { MigrationRecord } from "../migration-record.ts";
import type { Measured } from "./estimate.ts";
import { listEarlierRunsStatement } from "./sql/list-earlier-runs.ts";
import { listPacesStatement } from "./sql/list-paces.ts";

/** Reads what an estimate of this migration is made from. `processed` are rows done, which a batch under way knows first. */
export async function measureRun(
  em: StatementRunner,
  migration: Pick<MigrationRecord, "id" | "kind" | "totalItems">,
  processed: number,
): Promise<Measured> {
  const steps = await listPacesStatement.run(em, [migration.id]);
  const runs = await listEarlierRunsStatement.run(em, [migration.kind, Math.max(1, migration.totalItems)]);
  return {
    items: migration.totalItems,
    remaining: Math.max(0, migration.totalItems - processed),
    paces: steps.filter((step) => step.type === "BATCH_APPLIED"),
    runs,
    verifying: steps.find((step) => step.type === "VERIFYING")?.age ?? null,
  };
}
