import { statement } from "../../../platform/database/statement.ts";

/** $1 sessions ended, $2 runs paused. From now on this database is at home here. */
export const recordRestorationStatement = statement(
  "backup.recordRestoration",
  `with home as (
     insert into database_home (system_identifier, database_oid)
     select s.system_identifier::text, d.oid::bigint from pg_control_system() s, pg_database d where d.datname = current_database()
     on conflict (only_row) do update set system_identifier = excluded.system_identifier,
       database_oid = excluded.database_oid, since = clock_timestamp()
   ), leases as (delete from migration_lease)
   insert into restoration (sessions_ended, runs_paused) values ($1, $2)`,
);
