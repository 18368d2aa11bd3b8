import { statement } from "../../../platform/database/statement.ts";
import { requestColumns, type RequestRow } from "./request-columns.ts";

/** $1 request. */
export const findRequestStatement = statement<RequestRow>(
  "roles.findRequest",
  `select ${requestColumns} from access_request q where q.id = $1`,
);
