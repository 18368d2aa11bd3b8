import { statement } from "../../database/statement.ts";

export const keepAnswerStatement = statement(
  "idempotency.keepAnswer",
  `update idempotency_key set response = $4::jsonb where actor_account_id = $1 and operation = $2 and key = $3`,
);
