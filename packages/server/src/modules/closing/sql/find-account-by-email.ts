import { statement } from "../../../platform/database/statement.ts";

/** $1 canonical email: the account, and its pending closing with how many organizations are asked about it. */
export const findAccountByEmailStatement = statement<{
  accountId: string;
  closingId: string | null;
  asked: number;
}>(
  "closing.findAccountByEmail",
  `select a.id as "accountId", c.id as "closingId",
     (select count(*)::int from account_closing_part p where p.closing_id = c.id) as asked
   from account a left join account_closing c on c.account_id = a.id and c.state = 'PENDING'
   where a.email = $1`,
);
