import { statement } from "../../../platform/database/statement.ts";

/**
 * Makes the id of an upload and holds a lock on it until the transaction ends. A RECEIVING import whose lock is
 * free was left by a process that is gone (fail-abandoned-imports.ts); the lock of a killed one is freed at once.
 */
export const holdNewImportStatement = statement<{ id: string }>(
  "import.holdNewImport",
  // The subquery is evaluated once: a volatile function in its list keeps it from being pulled up.
  `select n.id, pg_advisory_xact_lock(hashtextextended(n.id::text, 0)) is null as held
   from (select new_id() as id) n`,
);
