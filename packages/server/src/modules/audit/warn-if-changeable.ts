import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Logger } from "../../platform/logging.ts";
import { mayChangeStatement } from "./sql/may-change.ts";

/** Says so when the database would let the program's role change the audit log, were it not for the triggers. */
export async function warnIfChangeable(em: StatementRunner, logger: Logger): Promise<void> {
  const [rights] = await mayChangeStatement.run(em);
  if (rights?.mayChange === true) {
    logger.warn(
      { role: rights.role },
      "the audit log is kept from changes by triggers alone: give its tables to another role, as docs/operations.md says",
    );
  }
}
