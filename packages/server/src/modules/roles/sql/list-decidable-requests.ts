import { statement } from "../../../platform/database/statement.ts";
import { requestColumns, type RequestRow } from "./request-columns.ts";

/** $1 organizations, $2 sites, $3 products that the reader may grant access to; $4 limit. Waiting ones, the oldest first. */
export const listDecidableRequestsStatement = statement<RequestRow>(
  "roles.listDecidableRequests",
  `select ${requestColumns} from access_request q
   where q.state = 'PENDING'
     and (q.organization_id = any($1::uuid[]) or q.site_id = any($2::uuid[]) or q.product_id = any($3::uuid[]))
   order by q.id limit $4`,
);
