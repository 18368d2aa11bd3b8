import { statement } from "../../../../../platform/database/statement.ts";

// Until the transaction ends, changes of the directory are noted as this run's own. $1 migration.
export const nameChangesStatement = statement(
  "copyCustomers.nameChanges",
  `select set_config('rehome.migration', $1::text, true)`,
);
