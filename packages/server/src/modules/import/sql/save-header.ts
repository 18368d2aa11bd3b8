import { statement } from "../../../platform/database/statement.ts";

/** $1 id, $2 file kind, $3 header mapping as JSON, $4 whether the file is a correction. */
export const saveHeaderStatement = statement<{ id: string }>(
  "import.saveHeader",
  `update import_file set file_kind = $2, header = $3::jsonb, is_correction = $4 where id = $1 returning id`,
);
