import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 account, $2 purposes, null for every one. Ends the account's open proofs: no link from before works any more. Logins
 * that wait to be connected go with theirs, whether or not anybody was mailed one.
 */
export const endProofsStatement = statement<{ id: string }>(
  "proof.endProofs",
  `with wishes as (
     delete from service_wish where account_id = $1 and ($2::text[] is null or 'LINK_SERVICE' = any($2))
   )
   update email_proof set revoked_at = clock_timestamp()
   where account_id = $1 and ($2::text[] is null or purpose = any($2)) and consumed_at is null and revoked_at is null
   returning id`,
);
