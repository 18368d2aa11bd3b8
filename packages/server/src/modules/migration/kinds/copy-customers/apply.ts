import type { StatementRunner } from "../../../../platform/database/statement.ts";
import { refusedByDatabase } from "../../../../platform/database/refused-by-database.ts";
import type { Batch, BatchResult } from "../../kind.ts";
import type { CopyCustomersOptions } from "./options.ts";
import { isUntouched } from "./digest-input.ts";
import { applyBatchStatement } from "./sql/apply-batch.ts";
import { countBatchStatement } from "./sql/count-batch.ts";
import { nameChangesStatement } from "./sql/name-changes.ts";
import { failItemStatement } from "./sql/fail-item.ts";
import { findDriftedStatement } from "./sql/find-drifted.ts";
import { keepSavepointStatement } from "./sql/keep-savepoint.ts";
import { releaseSavepointStatement } from "./sql/release-savepoint.ts";
import { returnToSavepointStatement } from "./sql/return-to-savepoint.ts";
import { setDriftedAsideStatement } from "./sql/set-drifted-aside.ts";

/**
 * Applies the batch's items that have no outcome yet. People whose records drifted since the plan are set aside (looked
 * for only when somebody else has changed what the plan was made from);
 * a person the database refuses fails alone. Must run inside a transaction (it uses savepoints).
 */
export async function applyBatch(
  em: StatementRunner,
  batch: Batch<CopyCustomersOptions>,
): Promise<BatchResult> {
  await nameChangesStatement.run(em, [batch.migrationId]);
  const mayHaveDrifted = !(await isUntouched(em, batch));
  await applyRange(em, batch, mayHaveDrifted, batch.after, batch.upTo);
  const [counts] = await countBatchStatement.run(em, [batch.migrationId, batch.after, batch.upTo]);
  return counts ?? { successful: 0, requiresAttention: 0, failed: 0 };
}

/**
 * Applies the items above `after` up to `upTo`. When the database refuses one of them the range is halved until
 * that item stands alone, so a bad row costs some twenty statements and not one for every person of the batch.
 */
async function applyRange(
  em: StatementRunner,
  batch: Batch<CopyCustomersOptions>,
  mayHaveDrifted: boolean,
  after: number,
  upTo: number,
): Promise<void> {
  const bounds = [batch.migrationId, after, upTo];
  await keepSavepointStatement.run(em);
  try {
    const sites = [batch.sourceSiteId, batch.destinationSiteId];
    const drifted = mayHaveDrifted ? await findDriftedStatement.run(em, [...bounds, ...sites]) : [];
    if (drifted.length > 0) {
      await setDriftedAsideStatement.run(em, [...bounds, JSON.stringify(drifted)]);
    }
    await applyBatchStatement.run(em, [...bounds, ...sites]);
    await releaseSavepointStatement.run(em);
  } catch (error) {
    const cause = refusedByDatabase(error);
    if (cause === null) {
      throw error;
    }
    await returnToSavepointStatement.run(em);
    await releaseSavepointStatement.run(em);
    if (upTo - after <= 1) {
      await failItemStatement.run(em, [batch.migrationId, upTo, cause]);
      return;
    }
    const middle = Math.floor((after + upTo) / 2);
    await applyRange(em, batch, mayHaveDrifted, after, middle);
    await applyRange(em, batch, mayHaveDrifted, middle, upTo);
  }
}
