import { Migration } from "@mikro-orm/migrations";

const journaledRuns = `
-- Whether the whole run keeps a journal: set when it starts. What an older version moved has none and cannot be undone.
alter table migration add column journaled boolean not null default false;
-- Of the runs started before this column those whose first batches were journaled, or that have applied nothing yet.
-- Approvals and upgrades after an old run are journaled as well, and an old run that went on under the journal has rows
-- of its later batches only: neither makes it a journaled one.
update migration m set journaled = true
where m.started_at is not null and (m.applied_ordinal = 0 or (
  exists (select from migration_journal j where j.migration_id = m.id and j.step = 'APPLIED')
  and not exists (
    select from migration_item i
    where i.migration_id = m.id and i.effect = 'CREATE' and i.outcome = 'SUCCESSFUL' and not exists (
      select from migration_journal j
      where j.migration_id = m.id and j.ordinal = i.ordinal and j.step = 'APPLIED'))));
`;

/** Runs that were made before runs kept a journal are known. */
export class Migration0012JournaledRuns extends Migration {
  override up(): void {
    this.addSql(journaledRuns);
  }
}
