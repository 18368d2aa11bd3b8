import { statement } from "../../../platform/database/statement.ts";

/** $1 hash of the challenge, $2 auth_user.id or null for a sign-in, $3 what for. Some of those that ran out go. */
export const beginChallengeStatement = statement(
  "signIn.beginChallenge",
  `with ended as (
     delete from auth_passkey_challenge where challenge_hash in (
       select challenge_hash from auth_passkey_challenge where expires_at < now() limit 20 for update skip locked))
   insert into auth_passkey_challenge (challenge_hash, user_id, purpose, expires_at)
   values ($1, $2, $3, now() + interval '5 minutes')`,
);
