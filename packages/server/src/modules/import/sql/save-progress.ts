import { statement } from "../../../platform/database/statement.ts";

/** $1 id, $2 bytes and $3 rows received so far. */
export const saveProgressStatement = statement<{ id: string }>(
  "import.saveProgress",
  `update import_file set bytes = $2, total_rows = $3 where id = $1 and state = 'RECEIVING' returning id`,
);
