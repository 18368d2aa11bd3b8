import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 organization. Ends what somebody asked for who no longer belongs there. */
export const withdrawRequestsOfStatement = statement<{ id: string }>(
  "roles.withdrawRequestsOf",
  `update access_request set state = 'WITHDRAWN', decided_at = now()
   where account_id = $1 and organization_id = $2 and state = 'PENDING'
     and not exists (select from role_assignment r where r.account_id = $1 and r.organization_id = $2)
   returning id`,
);
