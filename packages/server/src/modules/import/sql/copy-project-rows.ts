import { statement } from "../../../platform/database/statement.ts";

/** COPY in text format; the columns are written in this order by staging/row-lines.ts. */
export const copyProjectRowsStatement = statement(
  "import.copyProjectRows",
  `copy project_row (import_id, row_number, cells, key, name, access, state, problem_column, problem_code, problem)
   from stdin`,
);
