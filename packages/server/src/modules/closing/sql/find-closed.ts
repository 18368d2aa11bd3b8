import { statement } from "../../../platform/database/statement.ts";

/** A closed account, and which organizations may open it again. */
export interface ClosedAccountRow {
  accountId: string;
  name: string;
  email: string;
  closingId: string;
  closedAt: string | Date;
  /** The organization that has claimed the domain of its address; it alone decides. */
  managerId: string | null;
  /** Organizations that agreed to the closing. */
  agreedIds: string[];
}

/** $1 accounts. No row for an account that is not closed. */
export const findClosedStatement = statement<ClosedAccountRow>(
  "closing.findClosed",
  `select c.account_id as "accountId", a.name, a.email, c.closing_id as "closingId", c.closed_at as "closedAt",
     (select d.organization_id from claimed_domain d where d.domain = split_part(a.email, '@', 2)) as "managerId",
     array(select p.organization_id::text from account_closing_part p where p.closing_id = c.closing_id and p.state = 'APPROVED')
       as "agreedIds"
   from closed_account c join account a on a.id = c.account_id
   where c.account_id = any($1::uuid[])`,
);
