import { statement } from "../../../platform/database/statement.ts";

// The organization's row hands out the number, so numbers have no gaps and two creators never share one.
export const insertMigrationStatement = statement<{ id: string; number: number }>(
  "migration.insertMigration",
  `with numbered as (
     update organization set last_migration_number = last_migration_number + 1 where id = $1
     returning last_migration_number
   )
   insert into migration (organization_id, number, kind, state, source_site_id, destination_site_id, options, created_by,
     follow_up_of)
   select $1, last_migration_number, $2, 'DRAFT', $3, $4, $5::jsonb, $6, $7 from numbered
   returning id, number`,
);
