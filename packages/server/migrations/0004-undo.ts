import { Migration } from "@mikro-orm/migrations";

const journal = `
-- What a run, and the decisions after it, changed for one person of a migration: written in the transaction of the
-- change, read when it is undone. At most one row per step; people for whom nothing changed have none.
-- No foreign key: its check per row would cost the run more than the row itself, and migrations are never deleted.
create table migration_journal (
  migration_id uuid not null,
  ordinal int not null,
  step text not null check (step in ('APPLIED', 'APPROVED', 'UPGRADED')),
  -- The identity the person ended with on the destination: an account or a portal-only account.
  account_id uuid,
  portal_customer_id uuid,
  -- The step made the portal-only account, or the account's presence on the destination.
  created boolean not null default false,
  -- The kind (person, list, bot) the created identity was given.
  kind text,
  -- Customer lists the identity was put on by the step, and not before.
  project_ids uuid[] not null default '{}',
  -- The imported group the account joined.
  group_id uuid,
  -- Requests the identity reports or takes part in, after the step: on the whole destination where the step made the
  -- identity or gave it the Customer role, else in the projects whose lists the plan has for the person.
  requests int not null default 0,
  -- What the step replaced or removed, whole.
  before jsonb,
  primary key (migration_id, ordinal, step)
);
`;

const undo = `
create table migration_undo (
  id uuid primary key default new_id(),
  migration_id uuid not null references migration on delete cascade,
  state text not null check (state in ('PLANNING', 'PLANNED', 'UNDOING', 'UNDONE', 'FAILED', 'SUPERSEDED')),
  -- Whom: everybody, or the given items, or those of an outcome and an effect.
  everything boolean not null,
  item_ids uuid[],
  outcome text check (outcome in ('SUCCESSFUL', 'REQUIRES_ATTENTION', 'FAILED')),
  effect text check (effect in ('CREATE', 'LINK', 'UNCHANGED', 'NOT_COPIED')),
  fingerprint text,
  -- The migration's last event when the plan was done: a later decision makes the plan stale.
  planned_sequence bigint,
  -- Up to which row of the migration the plan was made; then up to which row it was carried out.
  planned_ordinal int not null default 0,
  applied_ordinal int not null default 0,
  -- What the plan says, in people.
  total_count int not null default 0,
  restore_count int not null default 0,
  set_aside_count int not null default 0,
  unchanged_count int not null default 0,
  -- What came of it so far.
  processed_count int not null default 0,
  restored_count int not null default 0,
  refused_count int not null default 0,
  -- The state the migration had before, and has again after an undo of some of its people.
  return_state text,
  failure text,
  created_by uuid not null references account,
  created_at timestamptz not null default clock_timestamp(),
  planned_at timestamptz,
  started_by uuid references account,
  started_at timestamptz,
  finished_at timestamptz,
  constraint migration_undo_scope check (everything = (item_ids is null and outcome is null and effect is null))
);
create index migration_undo_migration on migration_undo (migration_id, id);
-- One plan or run of an undo at a time; a new plan takes the place of an older one.
create unique index migration_undo_open_key on migration_undo (migration_id) where state in ('PLANNING', 'PLANNED', 'UNDOING');
create index migration_undo_working on migration_undo (migration_id) where state in ('PLANNING', 'UNDOING');
-- One row per person of an undo. No foreign key, as above: rows are written only together with their undo.
create table migration_undo_item (
  undo_id uuid not null,
  ordinal int not null,
  -- RESTORE: will be, or was, put back. SET_ASIDE: touched since, left as it is. NOTHING: the run changed nothing here.
  action text not null check (action in ('RESTORE', 'SET_ASIDE', 'NOTHING')),
  reason text,
  primary key (undo_id, ordinal)
);
create index migration_undo_item_set_aside on migration_undo_item (undo_id, ordinal) where action = 'SET_ASIDE';
alter table migration
  -- People an undo put back, and people it left because they were touched since; the counts of outcomes stay.
  add column undone_count int not null default 0,
  add column undo_set_aside_count int not null default 0;
`;

/** The journal of before-images and the undo that reads it. */
export class Migration0004Undo extends Migration {
  override up(): void {
    this.addSql(journal);
    this.addSql(undo);
  }
}
