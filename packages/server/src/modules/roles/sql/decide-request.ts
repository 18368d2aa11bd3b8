import { statement } from "../../../platform/database/statement.ts";
import { requestColumns, type RequestRow } from "./request-columns.ts";

/** $1 request, $2 state after it, $3 who decides, $4 their words or null, $5 everybody who could. No row when it was decided before. */
export const decideRequestStatement = statement<RequestRow>(
  "roles.decideRequest",
  `update access_request q set state = $2, decided_by = $3, decision_reason = $4, deciders = $5::uuid[], decided_at = now()
   where q.id = $1 and q.state = 'PENDING'
   returning ${requestColumns}`,
);
