import { statement } from "../../../platform/database/statement.ts";
import { listDifferencesSql, type DifferenceEntry } from "./list-differences.ts";

// The same list through the partial index: among millions of explained entries the few others are found at once.
export const listUnexplainedStatement = statement<DifferenceEntry>(
  "accessProof.listUnexplained",
  listDifferencesSql.replace("d.computation = $2", "d.computation = $2 and d.cause is null"),
);
