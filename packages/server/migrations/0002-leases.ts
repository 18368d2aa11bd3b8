import { Migration } from "@mikro-orm/migrations";

const leases = `
-- Which process drives a migration. Apart from the migration's row, so that a heartbeat never waits for a batch.
create table migration_lease (
  migration_id uuid primary key references migration on delete cascade,
  -- Name of the process: host, process id and a random part.
  worker text not null,
  -- The advisory lock that the worker's connection holds: gone the moment the process is, long before the lease runs out.
  presence int not null,
  taken_at timestamptz not null default clock_timestamp(),
  beaten_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
alter table migration
  -- The fence: raised with each taking of the lease; a write that carries an older number finds no row.
  add column lease_number bigint not null default 0,
  -- When the engine last got on with it; what a stall is measured from.
  add column progressed_at timestamptz;
-- When an undo put the person back; null for everyone whose result stands.
alter table migration_item add column undone_at timestamptz;
`;

/** Leases with fencing numbers for any number of workers. */
export class Migration0002Leases extends Migration {
  override up(): void {
    this.addSql(leases);
  }
}
