import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 account. Its first proof: passwords, sessions and tokens from before are gone, and open proofs that would let
 * somebody set them again. No row, and nothing done, when the account was proven before.
 */
export const wipeUnprovenStatement = statement<{ id: string }>(
  "roles.wipeUnproven",
  `with first as (
     update account set proved_at = now() where id = $1 and proved_at is null returning id
   ), signed_out as (
     delete from auth_user where account_id in (select id from first)
   ), tokens as (
     update api_token set revoked_at = now() where account_id in (select id from first) and revoked_at is null
   ), proofs as (
     update email_proof set revoked_at = clock_timestamp()
     where account_id in (select id from first) and purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'LINK_SERVICE')
       and consumed_at is null and revoked_at is null
   )
   select id from first`,
);
