import { statement } from "../../../../../platform/database/statement.ts";

export const releaseSavepointStatement = statement(
  "copyCustomers.releaseSavepoint",
  `release savepoint copy_customers`,
);
