import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 id, $2 bytes of the whole file. No row when the import is not RECEIVING any more. */
export const finishReceivingStatement = statement<ImportRow>(
  "import.finishReceiving",
  `update import_file f set state = 'PREVIEW', bytes = $2 where f.id = $1 and f.state = 'RECEIVING'
   returning ${importColumns}`,
);
