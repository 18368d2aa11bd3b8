import { statement } from "../../../platform/database/statement.ts";

/** A passkey with what is needed to check a signature of it. */
export interface PasskeyRow {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
}

/** $1 credential id. */
export const findPasskeyStatement = statement<PasskeyRow>(
  "signIn.findPasskey",
  `select id, user_id, credential_id, public_key, counter::float8 as counter, transports
   from auth_passkey where credential_id = $1`,
);
