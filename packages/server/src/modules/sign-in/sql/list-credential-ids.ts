import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id: what authenticators are told, so that none makes a second passkey for the same person. */
export const listCredentialIdsStatement = statement<{ id: string; transports: string[] }>(
  "signIn.listCredentialIds",
  `select credential_id as id, transports from auth_passkey where user_id = $1 order by created_at, id`,
);
