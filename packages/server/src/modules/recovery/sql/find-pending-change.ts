import { statement } from "../../../platform/database/statement.ts";

/** A change of address that waits for the mail to the new one to be answered. */
export interface PendingChangeRow {
  newEmail: string;
  askedAt: string | Date;
  expiresAt: string | Date;
}

/** $1 account. The open proof is the pending change; there is no other record of it. */
export const findPendingChangeStatement = statement<PendingChangeRow>(
  "recovery.findPendingChange",
  `select email as "newEmail", created_at as "askedAt", expires_at as "expiresAt" from email_proof
   where account_id = $1 and purpose = 'CHANGE_EMAIL' and consumed_at is null and revoked_at is null
     and expires_at > clock_timestamp()
   order by id desc limit 1`,
);
