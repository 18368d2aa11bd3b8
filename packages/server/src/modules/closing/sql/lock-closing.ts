import { statement } from "../../../platform/database/statement.ts";
import { closingColumns, type ClosingRow } from "./closing-columns.ts";

/** $1 closing. Whoever else decides about it or withdraws it waits here. */
export const lockClosingStatement = statement<ClosingRow>(
  "closing.lockClosing",
  `select ${closingColumns} from account_closing c where c.id = $1 for no key update`,
);
