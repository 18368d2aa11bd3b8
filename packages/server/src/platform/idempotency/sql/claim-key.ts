import { statement } from "../../database/statement.ts";

// A second call with the same key waits here for the first one's transaction, then finds its answer.
export const claimKeyStatement = statement<{ key: string }>(
  "idempotency.claimKey",
  `insert into idempotency_key (actor_account_id, operation, key, request_hash, response)
   values ($1, $2, $3, $4, 'null'::jsonb)
   on conflict (actor_account_id, operation, key) do nothing
   returning key`,
);
