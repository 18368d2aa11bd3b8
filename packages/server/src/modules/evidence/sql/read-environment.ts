import { statement } from "../../../platform/database/statement.ts";

/** What the pack was written by: the database's version, its schema migrations and its clock. */
export interface DatabaseFacts {
  database: string;
  schema: string[];
  now: string;
}

export const readEnvironmentStatement = statement<DatabaseFacts>(
  "evidence.readEnvironment",
  `select current_setting('server_version') as database, array(select name from schema_migration order by id) as schema,
     to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
);
