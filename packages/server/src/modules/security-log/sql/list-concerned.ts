import { statement } from "../../../platform/database/statement.ts";

/** An organization that is told of a change to how somebody signs in, and who it is. */
export interface ConcernedRow {
  organization_id: string;
  name: string;
}

/** $1 account id. Every organization in which the account has a role. */
export const listConcernedStatement = statement<ConcernedRow>(
  "securityLog.listConcerned",
  `select distinct r.organization_id, coalesce(nullif(a.name, ''), a.email) as name
   from account a join role_assignment r on r.account_id = a.id
   where a.id = $1
   order by r.organization_id`,
);
