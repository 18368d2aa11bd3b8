import { importColumns, type ImportRow } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";

/** $1 id, $2 account. Of two people who apply at once, one gets the row. */
export const claimApplyStatement = statement<ImportRow>(
  "import.claimApply",
  `update import_file f set state = 'APPLYING', applied_by = $2, failure_code = null, failure = null
   where f.id = $1 and f.state = 'PREVIEW'
   returning ${importColumns}`,
);
