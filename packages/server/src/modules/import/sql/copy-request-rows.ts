import { statement } from "../../../platform/database/statement.ts";

/** COPY in text format; the columns are written in this order by staging/row-lines.ts. */
export const copyRequestRowsStatement = statement(
  "import.copyRequestRows",
  `copy request_row (import_id, row_number, cells, key, project_key, reporter_email, reporter_type, participants,
     summary, created_at, state, problem_column, problem_code, problem, file_warning, warning)
   from stdin`,
);
