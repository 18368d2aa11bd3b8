import { statement } from "../../../../../platform/database/statement.ts";

// Until the transaction ends, changes of the directory are noted as this run's own, and the portal-only accounts it makes
// are taken to be of people who have no account on the site (0013-kept-counts.ts). $1 migration.
export const nameChangesStatement = statement(
  "copyCustomers.nameChanges",
  `select set_config('rehome.migration', $1::text, true)`,
);
