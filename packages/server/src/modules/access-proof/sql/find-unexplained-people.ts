import { statement } from "../../../platform/database/statement.ts";

// Through the partial index. $1 migration, $2 computation, $3 how many to name.
export const findUnexplainedPeopleStatement = statement<{ count: number; examples: string[] }>(
  "accessProof.findUnexplainedPeople",
  `with person as (
     select distinct email from access_difference where migration_id = $1 and computation = $2 and cause is null
   )
   select (select count(*)::int from person) as count, array(select email from person order by email limit $3) as examples`,
);
