import { statement } from "../../../platform/database/statement.ts";

/** $1 hash of the challenge, $2 auth_user.id or null for a sign-in, $3 what for. Of several who bring it, one gets a row. */
export const takeChallengeStatement = statement<{ purpose: string }>(
  "signIn.takeChallenge",
  `delete from auth_passkey_challenge
   where challenge_hash = $1 and user_id is not distinct from $2 and purpose = $3 and expires_at > clock_timestamp()
   returning purpose`,
);
