import { statement } from "../../../platform/database/statement.ts";

/** COPY in text format; the columns are written in this order by staging/row-lines.ts. */
export const copyProductUserRowsStatement = statement(
  "import.copyProductUserRows",
  `copy product_user_row (import_id, row_number, cells, raw_email, email, login_name, name, role, active, told_verified,
     last_active_at, kind, authentication, sealed_hash, hash_refused, state, problem_column, problem_code, problem,
     file_warning, warning)
   from stdin`,
);
