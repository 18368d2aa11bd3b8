import { statement } from "../../../platform/database/statement.ts";
import { groupColumns, type GroupRow } from "./load-groups.ts";

export const loadGroupsOfMigrationsStatement = statement<GroupRow>(
  "groupReview.loadGroupsOfMigrations",
  `select ${groupColumns} from user_group g join migration m on m.id = g.migration_id
   where g.migration_id = any($1::uuid[])`,
);
