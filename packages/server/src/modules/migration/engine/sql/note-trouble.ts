import { statement } from "../../../../platform/database/statement.ts";

export const noteTroubleStatement = statement(
  "migration.noteTrouble",
  `insert into migration_trouble (migration_id, error) values ($1, $2)
   on conflict (migration_id) do update set error = excluded.error, at = clock_timestamp()`,
);
