import { statement } from "../../../../platform/database/statement.ts";

// $1 migration. Plans that nobody started make room for a new one.
export const supersedeUndosStatement = statement<{ id: string }>(
  "migration.supersedeUndos",
  `update migration_undo set state = 'SUPERSEDED', finished_at = clock_timestamp()
   where migration_id = $1 and state in ('PLANNING', 'PLANNED') returning id`,
);
