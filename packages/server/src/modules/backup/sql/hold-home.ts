import { statement } from "../../../platform/database/statement.ts";

// The row lock makes one of several starting servers the one that settles a restore. The number of a PostgreSQL
// is made with its data folder, that of a database with the database: a dump restored elsewhere has others.
export const holdHomeStatement = statement<{ moved: boolean }>(
  "backup.holdHome",
  `with here as (
     select s.system_identifier::text as system_identifier, d.oid::bigint as database_oid
     from pg_control_system() s, pg_database d where d.datname = current_database()
   ), held as (
     insert into database_home as h (system_identifier, database_oid) select system_identifier, database_oid from here
     on conflict (only_row) do update set since = h.since
     returning system_identifier, database_oid
   )
   select held.system_identifier <> here.system_identifier or held.database_oid <> here.database_oid as moved from held, here`,
);
