import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 proof. What the person sets with the proof has the time of the same transaction. */
export const markProvenStatement = statement(
  "proof.markProven",
  `with bound as (update email_proof set account_id = $1 where id = $2 and account_id is null)
   update account set proved_at = now() where id = $1 and proved_at is null`,
);
