import { statement } from "../../../../../platform/database/statement.ts";

export const returnToSavepointStatement = statement(
  "copyCustomers.returnToSavepoint",
  `rollback to savepoint copy_customers`,
);
