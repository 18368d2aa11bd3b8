import { statement } from "../../../platform/database/statement.ts";

// The moment that parts requests that stood before the run from those raised since. A transaction that is writing now
// is not seen by the snapshot that follows, whatever ids it drew already: the moment lies before the oldest of them,
// and otherwise after everything of this millisecond.
export const markKeptStatement = statement<{ siteId: string }>(
  "accessProof.markKept",
  `update migration set access_kept_at = least(clock_timestamp() + interval '1 millisecond', (
     select min(xact_start) from pg_stat_activity
     where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()))
   where id = $1 and access_kept_at is null
   returning destination_site_id as "siteId"`,
);
