import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 ids. */
export const loadImportsStatement = statement<ImportRow>(
  "import.loadImports",
  `select ${importColumns} from import_file f where f.id = any($1::uuid[])`,
);
