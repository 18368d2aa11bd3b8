import { statement } from "../../../../platform/database/statement.ts";

// Until the transaction ends: a worker that was stopped in the middle must not keep its locks from the next one, one
// that was killed must not keep its statement running, and two batches that wait for each other give way.
export const guardTransactionStatement = statement(
  "migration.guardTransaction",
  `select set_config('idle_in_transaction_session_timeout', '10s', true),
     set_config('client_connection_check_interval', '2s', true), set_config('lock_timeout', '15s', true)`,
);
