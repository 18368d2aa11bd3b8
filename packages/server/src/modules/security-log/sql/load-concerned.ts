import { statement } from "../../../platform/database/statement.ts";

/** Whom a change to how they sign in concerns, and every organization in which they have a role. */
export interface ConcernedRow {
  name: string;
  email: string;
  organization_ids: string[];
}

/** $1 account id. */
export const loadConcernedStatement = statement<ConcernedRow>(
  "securityLog.loadConcerned",
  `select a.name, a.email,
     array(select distinct r.organization_id from role_assignment r where r.account_id = a.id order by 1) as organization_ids
   from account a where a.id = $1`,
);
