import { statement } from "../../../platform/database/statement.ts";
import { partSql, type PartRow } from "./closing-columns.ts";

/** $1 part. */
export const findPartStatement = statement<PartRow>("closing.findPart", `${partSql} where p.id = $1`);
