import { statement } from "../../../platform/database/statement.ts";
import { closingColumns, type ClosingRow } from "./closing-columns.ts";

/** $1 account. Its newest closing. */
export const findClosingOfStatement = statement<ClosingRow>(
  "closing.findClosingOf",
  `select ${closingColumns} from account_closing c where c.account_id = $1 order by c.id desc limit 1`,
);
