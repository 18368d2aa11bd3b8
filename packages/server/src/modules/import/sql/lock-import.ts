import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 id. Holds the import until the transaction ends, so that one decision about it is made at a time. */
export const lockImportStatement = statement<ImportRow>(
  "import.lockImport",
  `select ${importColumns} from import_file f where f.id = $1 for no key update`,
);
