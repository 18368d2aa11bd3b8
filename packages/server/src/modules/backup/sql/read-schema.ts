import { statement } from "../../../platform/database/statement.ts";

/** The schema migrations that ran, in order, and the time by the database's clock. */
export const readSchemaStatement = statement<{ names: string[]; now: string }>(
  "backup.readSchema",
  `select array(select name::text from schema_migration order by id) as names,
     to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
);
