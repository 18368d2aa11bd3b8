import { Migration } from "@mikro-orm/migrations";

const retention = `
alter table migration
  -- Events with a smaller number were removed long after the migration ended; the log starts here.
  add column first_kept_sequence bigint not null default 1;
alter table import_file
  -- When the rows were removed, long after the upload and with nothing left that needs them.
  add column rows_removed_at timestamptz;
-- Changes of a site whose rows were removed from directory_change: together they are still the number that plans keep.
create table directory_change_swept (
  site_id uuid primary key,
  changes bigint not null
);
create index auth_session_expires on auth_session (expires_at);
create index auth_verification_expires on auth_verification (expires_at);
create index idempotency_key_created on idempotency_key (created_at);
`;

const restores = `
-- Which PostgreSQL and which database in it this data was last served from. Other ones mean that it was restored.
create table database_home (
  only_row boolean primary key default true check (only_row),
  system_identifier text not null,
  database_oid bigint not null,
  since timestamptz not null default clock_timestamp()
);
create table restoration (
  id uuid primary key default new_id(),
  restored_at timestamptz not null default clock_timestamp(),
  sessions_ended int not null,
  runs_paused int not null
);
`;

/** What operation needs: the start of a trimmed event log, removed upload rows, and how a restore is noticed. */
export class Migration0007Operations extends Migration {
  override up(): void {
    this.addSql(retention);
    this.addSql(restores);
  }
}
