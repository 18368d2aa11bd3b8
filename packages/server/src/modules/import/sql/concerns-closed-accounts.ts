import { statement } from "../../../platform/database/statement.ts";

/** What a row says of a closed account. */
export const closedAccountWarning =
  "The account of this email was closed by request. It comes deactivated, without the Customer role and without its projects.";

/** $1 import. Whether a row names a closed account, or says so of one that is open again. */
export const concernsClosedAccountsStatement = statement<{ concerned: boolean }>(
  "import.concernsClosedAccounts",
  `select exists (
       select from closed_account c join account a on a.id = c.account_id
       join customer_row r on r.import_id = $1 and r.email = a.email and r.account_type = 'ATLASSIAN_ACCOUNT' and r.state = 'GOOD')
     or exists (
       select from customer_row r where r.import_id = $1 and r.warning is not null and strpos(r.warning, '${closedAccountWarning}') > 0) as concerned`,
);
