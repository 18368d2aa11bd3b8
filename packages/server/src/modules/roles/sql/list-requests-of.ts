import { statement } from "../../../platform/database/statement.ts";
import { requestColumns, type RequestRow } from "./request-columns.ts";

/** $1 account, $2 organizations, $3 limit. The newest first. */
export const listRequestsOfStatement = statement<RequestRow>(
  "roles.listRequestsOf",
  `select ${requestColumns} from access_request q
   where q.account_id = $1 and q.organization_id = any($2::uuid[]) order by q.id desc limit $3`,
);
