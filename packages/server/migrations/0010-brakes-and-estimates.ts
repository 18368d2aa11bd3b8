import { Migration } from "@mikro-orm/migrations";

const brakes = `
-- What an organization set instead of the defaults; a brake without a row has its default.
create table brake_limit (
  organization_id uuid not null references organization on delete cascade,
  brake text not null check (brake in ('LOSSES', 'MERGES', 'NEW_SEATS', 'FAILURES', 'DUPLICATES')),
  percent numeric(5, 2) not null check (percent between 0 and 100),
  least_people int not null check (least_people >= 1),
  primary key (organization_id, brake)
);
-- The limits a run was approved with, and what its recorded batches did. Runs approved before this table have none.
create table migration_brake (
  migration_id uuid not null references migration on delete cascade,
  brake text not null check (brake in ('LOSSES', 'MERGES', 'NEW_SEATS', 'FAILURES', 'DUPLICATES')),
  percent numeric(5, 2) not null,
  least_people int not null,
  -- People of the batches recorded so far; written in their transactions.
  counted int not null default 0,
  tripped_at timestamptz,
  -- What would have been, had the batch been kept: counted, most, from, to, examples.
  trip jsonb,
  released_at timestamptz,
  released_by uuid references account,
  release_reason text,
  primary key (migration_id, brake)
-- Written with every batch: the new version finds room on the page.
) with (fillfactor = 50);
`;

const estimates = `
-- What was foretold of a run, at most some twenty rows each; actual_seconds and held are known once it ended.
create table migration_estimate (
  migration_id uuid not null references migration on delete cascade,
  -- Rows done when it was made.
  processed int not null,
  made_at timestamptz not null default clock_timestamp(),
  low_seconds float8 not null,
  high_seconds float8 not null,
  -- What it foretells: all people written, or the end with the access proof.
  until text not null check (until in ('WRITTEN', 'END')),
  basis text not null,
  actual_seconds float8,
  held boolean,
  primary key (migration_id, processed)
);
-- How long ended runs took, without the time they were paused: what the next ones are foretold from.
create table migration_measure (
  migration_id uuid primary key references migration on delete cascade,
  kind text not null,
  items int not null,
  run_seconds float8 not null,
  verify_seconds float8 not null,
  measured_at timestamptz not null default clock_timestamp()
);
create index migration_measure_kind on migration_measure (kind, items);
`;

const trouble = `
-- The last error that kept a worker from getting on with a migration; past once the migration has a newer event.
create table migration_trouble (
  migration_id uuid primary key references migration on delete cascade,
  error text not null,
  at timestamptz not null default clock_timestamp()
);
`;

/** Brakes with their limits, estimates with their scores, and what a stalled run stalls on. */
export class Migration0010BrakesAndEstimates extends Migration {
  override up(): void {
    for (const sql of [brakes, estimates, trouble]) {
      this.addSql(sql);
    }
  }
}
