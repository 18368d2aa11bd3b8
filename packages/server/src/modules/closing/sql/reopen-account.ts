import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 who opens it, null for the server's operator. No row when it is not closed. */
export const reopenAccountStatement = statement<{ accountId: string }>(
  "closing.reopenAccount",
  `with opened as (
     delete from closed_account where account_id = $1 returning account_id, closing_id
   ), noted as (
     update account_closing c set reopened_at = now(), reopened_by = $2 from opened o where c.id = o.closing_id
   )
   select account_id as "accountId" from opened`,
);
