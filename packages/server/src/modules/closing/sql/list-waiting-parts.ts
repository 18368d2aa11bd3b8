import { statement } from "../../../platform/database/statement.ts";
import { partSql, type PartRow } from "./closing-columns.ts";

/** $1 organizations, $2 limit. Those that wait for a decision, the oldest first. */
export const listWaitingPartsStatement = statement<PartRow>(
  "closing.listWaitingParts",
  `${partSql} where p.organization_id = any($1::uuid[]) and p.state = 'PENDING' order by p.id limit $2`,
);
