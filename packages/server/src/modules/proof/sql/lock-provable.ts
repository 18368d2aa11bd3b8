import { statement } from "../../../platform/database/statement.ts";

/** An account whose address was just proven. */
export interface ProvableRow {
  id: string;
  email: string;
  name: string;
  proven: boolean;
}

/**
 * $1 account, $2 proof, used up in this very transaction and bound to the account's address and to no other account. No row for
 * a closed account.
 * Whoever proves the same account meanwhile waits here.
 */
export const lockProvableStatement = statement<ProvableRow>(
  "proof.lockProvable",
  `select a.id, a.email, a.name, a.proved_at is not null as proven
   from account a join email_proof p on p.id = $2
   where a.id = $1 and p.email = a.email and (p.account_id is null or p.account_id = a.id) and p.consumed_at >= now()
     and not exists (select from closed_account c where c.account_id = a.id)
   for no key update of a`,
);
