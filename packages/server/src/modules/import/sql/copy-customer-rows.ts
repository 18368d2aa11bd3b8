import { statement } from "../../../platform/database/statement.ts";

/** COPY in text format; the columns are written in this order by staging/row-lines.ts. */
export const copyCustomerRowsStatement = statement(
  "import.copyCustomerRows",
  `copy customer_row (import_id, row_number, site_id, cells, raw_email, email, name, account_type, customer_role,
     project_keys, organizations, active, kind, state, problem_column, problem_code, problem, file_warning, warning)
   from stdin`,
);
