import { statement } from "../../../platform/database/statement.ts";
import { accessDifferenceSql } from "./access-difference.ts";

// One pass over the whole difference.
export const summarizeAccessStatement = statement<{ gained: number; lost: number; unexplained: number }>(
  "accessProof.summarizeAccess",
  `select count(*) filter (where change = 'gained')::int as gained, count(*) filter (where change = 'lost')::int as lost,
     count(*) filter (where explained_by is null)::int as unexplained
   from (${accessDifferenceSql("{email} is not null")}) entry`,
);
