import { statement } from "../../../platform/database/statement.ts";

/** $1 id, $2 code, $3 what happened. The transaction was rolled back, so the preview stands as before. */
export const giveUpApplyStatement = statement<{ id: string }>(
  "import.giveUpApply",
  `update import_file set state = 'PREVIEW', applied_by = null, failure_code = $2, failure = $3
   where id = $1 and state = 'APPLYING' returning id`,
);
