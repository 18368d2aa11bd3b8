import { statement } from "../../../platform/database/statement.ts";

/** $1 request. No row when it was decided before. */
export const withdrawRequestStatement = statement<{ id: string }>(
  "roles.withdrawRequest",
  `update access_request set state = 'WITHDRAWN', decided_at = now() where id = $1 and state = 'PENDING' returning id`,
);
