import { statement } from "../../database/statement.ts";

export const readKeyStatement = statement<{ request_hash: string; response: unknown }>(
  "idempotency.readKey",
  `select request_hash, response from idempotency_key where actor_account_id = $1 and operation = $2 and key = $3`,
);
