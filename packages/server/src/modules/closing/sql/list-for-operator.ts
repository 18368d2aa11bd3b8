import { statement } from "../../../platform/database/statement.ts";

/** Pending closings that no organization decides about, the oldest first. */
export const listForOperatorStatement = statement<{
  email: string;
  name: string;
  reason: string;
  askedAt: string | Date;
}>(
  "closing.listForOperator",
  `select a.email, a.name, c.reason, c.asked_at as "askedAt"
   from account_closing c join account a on a.id = c.account_id
   where c.state = 'PENDING' and not exists (select from account_closing_part p where p.closing_id = c.id)
   order by c.id`,
);
