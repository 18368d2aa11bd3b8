import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 id. */
export const discardImportStatement = statement<ImportRow>(
  "import.discardImport",
  `update import_file f set state = 'DISCARDED' where f.id = $1 and f.state = 'PREVIEW' returning ${importColumns}`,
);
