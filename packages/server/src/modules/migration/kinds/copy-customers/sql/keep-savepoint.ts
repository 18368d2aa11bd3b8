import { statement } from "../../../../../platform/database/statement.ts";

export const keepSavepointStatement = statement("copyCustomers.keepSavepoint", `savepoint copy_customers`);
