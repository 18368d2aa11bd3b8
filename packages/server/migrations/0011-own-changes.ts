import { Migration } from "@mikro-orm/migrations";

const ownChanges = `
-- Whose run made the change; null for everybody else. A run whose sites nobody else has changed since its plan need not
-- look at every person for a change.
alter table directory_change add column migration_id uuid;
create or replace function note_directory_change() returns trigger language plpgsql as $body$
begin
  execute format(
    'insert into directory_change (site_id, transaction_at, transaction_id, migration_id)
     select distinct s.site_id, now(), pg_current_xact_id(), nullif(current_setting(''rehome.migration'', true), '''')::uuid
     from (%s) s on conflict do nothing',
    tg_argv[0]);
  return null;
end $body$;
`;

/** Changes of the directory say which run made them. */
export class Migration0011OwnChanges extends Migration {
  override up(): void {
    this.addSql(ownChanges);
  }
}
