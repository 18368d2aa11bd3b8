import { statement } from "../../../platform/database/statement.ts";
import { personColumns, type PersonRow } from "./find-person.ts";

/**
 * $1 canonical address, $2 name. The account of the address, made when there is none, and held until the transaction
 * ends; the name counts as long as nobody has proven the address, and never for a closed account.
 */
export const holdAccountStatement = statement<PersonRow>(
  "roles.holdAccount",
  `insert into account as a (email, name) values ($1, $2)
   on conflict on constraint account_email_key do update
     set name = case when a.proved_at is null and not exists (select from closed_account c where c.account_id = a.id)
       then excluded.name else a.name end
   returning ${personColumns}`,
);
