import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 organization. */
export const countRequestsOfStatement = statement<{ count: number }>(
  "roles.countRequestsOf",
  `select count(*)::int as count from access_request where account_id = $1 and organization_id = $2 and state = 'PENDING'`,
);
