import { statement } from "../../../platform/database/statement.ts";

// $2: after this email, or null for the first page.
export const listPeopleStatement = statement<{ email: string }>(
  "accessProof.listPeople",
  `select distinct email from migration_item
   where migration_id = $1 and email > coalesce($2::text, '')
   order by email limit $3`,
);
