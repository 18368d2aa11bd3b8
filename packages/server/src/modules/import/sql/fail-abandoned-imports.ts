import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 code, $2 what happened. Only imports that no living process holds (hold-new-import.ts). Their rows went
 * with the transaction that was writing them.
 */
export const failAbandonedImportsStatement = statement<{ id: string }>(
  "import.failAbandonedImports",
  `update import_file
   set state = 'FAILED', failure_code = $1, failure = $2, total_rows = 0
   where id in (
     select id from import_file where state = 'RECEIVING' and pg_try_advisory_xact_lock(hashtextextended(id::text, 0))
   ) and state = 'RECEIVING'
   returning id`,
);
