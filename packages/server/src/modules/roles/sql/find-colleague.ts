import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 organization. No row for somebody without a role there, as for nobody. */
export const findColleagueStatement = statement<{ name: string; email: string }>(
  "roles.findColleague",
  `select a.name, a.email from account a
   where a.id = $1 and exists (select from role_assignment r where r.account_id = a.id and r.organization_id = $2)`,
);
