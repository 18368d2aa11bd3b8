import { statement } from "../../../platform/database/statement.ts";

/** $1 id, $2 code, $3 what is wrong and what to do, $4 bytes received. */
export const failImportStatement = statement<{ id: string }>(
  "import.failImport",
  `update import_file
   set state = 'FAILED', failure_code = $2, failure = $3, bytes = $4, total_rows = 0
   where id = $1 and state = 'RECEIVING'
   returning id`,
);
