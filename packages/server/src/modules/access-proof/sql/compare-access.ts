import { statement } from "../../../platform/database/statement.ts";
import { accessDifferenceSql } from "./access-difference.ts";

// The emails come as an array of one page, so every branch of the view is read by index and the whole report
// needs no more memory than a page. $3: emails.
export const compareAccessStatement = statement<{
  email: string;
  resource: string;
  permission: string;
  change: "lost" | "gained";
  explainedBy: string | null;
}>(
  "accessProof.compareAccess",
  `select email, resource, permission, change, explained_by as "explainedBy"
   from (${accessDifferenceSql("{email} = any($3::text[])")}) entry
   order by email, resource, permission`,
);
