import { statement } from "../../../../platform/database/statement.ts";
import { isPresentSql } from "../../../../platform/jobs/presence.ts";

// Free, run out by the clock of the database, ours already, or its worker is gone.
// $1 migration, $2 worker, $3 seconds, $4 presence of the worker.
export const takeLeaseStatement = statement<{ worker: string }>(
  "migration.takeLease",
  `insert into migration_lease as l (migration_id, worker, expires_at, presence)
   values ($1, $2, clock_timestamp() + make_interval(secs => $3), $4)
   on conflict (migration_id) do update set worker = excluded.worker, expires_at = excluded.expires_at,
     presence = excluded.presence, taken_at = clock_timestamp(), beaten_at = clock_timestamp()
   where l.expires_at <= clock_timestamp() or l.worker = excluded.worker or not ${isPresentSql("l.presence")}
   returning worker`,
);
