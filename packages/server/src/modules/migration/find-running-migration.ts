import type { StatementRunner } from "../../platform/database/statement.ts";
import { migrationName } from "./migration-record.ts";
import { findRunningOfProductStatement } from "./sql/find-running-of-product.ts";

/** The migration that moves the people of the product's site right now, such as `MR-42`; null when none does. */
export async function findRunningMigration(em: StatementRunner, productId: string): Promise<string | null> {
  const [running] = await findRunningOfProductStatement.run(em, [productId]);
  return running === undefined ? null : migrationName(running.number);
}
