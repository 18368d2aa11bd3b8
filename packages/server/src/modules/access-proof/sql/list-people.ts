import { statement } from "../../../platform/database/statement.ts";

/** What one person lost or gained by one cause. */
export interface DifferenceRow {
  email: string;
  gained: boolean;
  cause: string | null;
  causeId: string | null;
  openProjects: boolean;
  resources: string[];
}

// Whole people only: everything of the last person of a page is in it. $1 migration, $2 computation, $3 after this
// email or null, $4 rows that end a page.
export const listPeopleStatement = statement<DifferenceRow>(
  "accessProof.listPeople",
  `select email, gained, cause, cause_id as "causeId", open_projects as "openProjects", resources
   from access_difference
   where migration_id = $1 and computation = $2 and email > coalesce($3::text, '')
     and email <= (select max(page.email) from (
       select email from access_difference
       where migration_id = $1 and computation = $2 and email > coalesce($3::text, '') order by email limit $4) page)
   order by email`,
);
