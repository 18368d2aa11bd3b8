import { statement } from "../../../platform/database/statement.ts";
import type { ImportRowState } from "../import-record.ts";

/** A row of any file kind as pages and files show it. */
export interface ShownRow {
  rowNumber: number;
  state: ImportRowState;
  cells: string[];
  email: string | null;
  summary: string;
  problemColumn: string | null;
  problemCode: string | null;
  problem: string | null;
  warning: string | null;
}

export const shownRowColumns = `
  r.row_number as "rowNumber", r.state, r.cells, r.email, r.summary, r.problem_column as "problemColumn",
  r.problem_code as "problemCode", r.problem, r.warning`;

/** $1 import, $2 after row number, $3 page size plus one, $4 state or null. */
export const listRowsStatement = statement<ShownRow>(
  "import.listRows",
  `select ${shownRowColumns} from import_row r
   where r.import_id = $1 and r.row_number > $2 and ($4::text is null or r.state = $4)
   order by r.row_number limit $3`,
);
