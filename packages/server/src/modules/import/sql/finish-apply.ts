import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 id. */
export const finishApplyStatement = statement<ImportRow>(
  "import.finishApply",
  `update import_file f set state = 'APPLIED', applied_at = now() where f.id = $1 and f.state = 'APPLYING'
   returning ${importColumns}`,
);
