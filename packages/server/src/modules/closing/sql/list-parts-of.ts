import { statement } from "../../../platform/database/statement.ts";
import { partSql, type PartRow } from "./closing-columns.ts";

/** $1 closing. */
export const listPartsOfStatement = statement<PartRow>(
  "closing.listPartsOf",
  `${partSql} where p.closing_id = $1 order by o.name, p.id`,
);
