import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 credential id, $3 public key, $4 counter, $5 transports, $6 backed up, $7 name. No row when it is known. */
export const addPasskeyStatement = statement<{ id: string }>(
  "signIn.addPasskey",
  `insert into auth_passkey (user_id, credential_id, public_key, counter, transports, backed_up, name)
   values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (credential_id) do nothing
   returning id`,
);
