import { statement } from "../../../../../platform/database/statement.ts";

// The pages and checks that read the new plan are planned blind otherwise, until the database gets to it itself.
export const analyzeItemsStatement = statement("copyCustomers.analyzeItems", `analyze migration_item`);
