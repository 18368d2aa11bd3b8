import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// The key and the answer are one transaction: a key without an answer would run the work twice or never.
export const answeredOnceStatement = statement<Violation>(
  "invariants.answeredOnce",
  `select format('idempotency key %s of account %s for %s', k.key, k.actor_account_id, k.operation) as subject,
     'was kept without an answer' as problem
   from idempotency_key k where k.response = 'null'::jsonb
   limit 21`,
);
