import { Migration } from "@mikro-orm/migrations";

// What 0009 did for references with few parents, for the two that a run and an upload write most of: a foreign key asks
// once per row, also for the column that is null (405,000 list rows: 2.0 s of processor without, 5.2 s with the keys,
// 3.1 s so). Parents go by the thousand when a run is undone, so here the look for children is one per statement, too;
// only a changed id is looked at row by row, and nothing changes one.
const listReferences = `
-- As insist_on_no_child, for all rows that went (gone).
create function insist_on_no_child_of_gone() returns trigger language plpgsql as $body$
declare
  found uuid;
begin
  if tg_argv[3] = 'cascade' then
    execute format('delete from %I c using gone g where c.%I = g.id', tg_argv[0], tg_argv[1]);
    return null;
  end if;
  execute format('select g.id from gone g where exists (select from %I c where c.%I = g.id) limit 1',
    tg_argv[0], tg_argv[1]) into found;
  if found is not null then
    raise exception 'update or delete on table "%" violates foreign key constraint "%" on table "%"',
      tg_table_name, tg_argv[2], tg_argv[0]
      using errcode = 'foreign_key_violation', constraint = tg_argv[2], table = tg_argv[0],
        detail = format('Key (id)=(%s) is still referenced from table "%s".', found, tg_argv[0]);
  end if;
  return null;
end $body$;
-- As insist_on_parent, for one row: its trigger has a condition, so rows that name nobody cost nothing.
create function insist_on_parent_of_row() returns trigger language plpgsql as $body$
declare
  wanted uuid;
  found boolean;
begin
  execute format('select ($1).%I', tg_argv[1]) using new into wanted;
  execute format('select true from %I p where p.id = $1 for key share of p', tg_argv[0]) using wanted into found;
  if found is null then
    raise exception 'insert or update on table "%" violates foreign key constraint "%"', tg_table_name, tg_argv[2]
      using errcode = 'foreign_key_violation', constraint = tg_argv[2], table = tg_argv[0],
        detail = format('Key (%s)=(%s) is not present in table "%s".', tg_argv[1], wanted, tg_argv[0]);
  end if;
  return null;
end $body$;
create or replace function find_missing_parents() returns table (child text, parent_column text) language plpgsql stable as $body$
declare
  parent text;
  found boolean;
begin
  for child, parent, parent_column in
    select c.relname::text, split_part(encode(t.tgargs, 'escape'), '\\000', 1), split_part(encode(t.tgargs, 'escape'), '\\000', 2)
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid
    where p.proname in ('insist_on_parent', 'insist_on_parent_of_row', 'insist_on_parent_once') and t.tgname like '%\\_insert'
  loop
    execute format('select exists (select from %I c where c.%I is not null and not exists (select from %I p where p.id = c.%I))',
      child, parent_column, parent, parent_column) into found;
    if found then
      return next;
    end if;
  end loop;
end $body$;
do $$
declare
  child text;
  parent text;
  parent_column text;
  fate text;
  seldom boolean;
  operation text;
  key text;
begin
  for child, parent_column, parent, fate, seldom in values
    ('project_customer', 'account_id', 'account', 'refuse', false),
    ('project_customer', 'portal_customer_id', 'portal_customer', 'cascade', false),
    ('migration_item', 'resolved_by', 'account', 'refuse', true),
    ('migration_item', 'follow_up_id', 'migration', 'refuse', true)
  loop
    key := child || '_' || parent_column || '_fkey';
    execute format('alter table %I drop constraint %I', child, key);
    if seldom then
      execute format(
        'create trigger %I after insert or update of %I on %I for each row when (new.%I is not null) execute function insist_on_parent_of_row(%L, %L, %L)',
        key || '_insert', parent_column, child, parent_column, parent, parent_column, key);
    else
      foreach operation in array array['insert', 'update'] loop
        execute format(
          'create trigger %I after %s on %I referencing new table as changed for each statement execute function insist_on_parent(%L, %L, %L)',
          key || '_' || operation, operation, child, parent, parent_column, key);
      end loop;
    end if;
    execute format(
      'create trigger %I after delete on %I referencing old table as gone for each statement execute function insist_on_no_child_of_gone(%L, %L, %L, %L)',
      key || '_delete', parent, child, parent_column, key, fate);
    execute format(
      'create trigger %I after update on %I for each row when (old.id is distinct from new.id) execute function insist_on_no_child(%L, %L, %L, %L)',
      key || '_update', parent, child, parent_column, key, fate);
  end loop;
end $$;
`;

// All items of a plan belong to one migration and a run changes every one of them, so keeping them for a check at the
// statement's end was a tenth of planning and of each batch. The first row of a transaction looks the migration up and
// locks it; the rows after it only compare. The setting ends with the transaction, as the lock does, and with the
// migration, so a later row looks again.
const itemReferences = `
-- As insist_on_parent_of_row, before the row, and remembered under the setting that is the fourth argument.
create function insist_on_parent_once() returns trigger language plpgsql as $body$
declare
  wanted uuid;
  found boolean;
begin
  execute format('select ($1).%I', tg_argv[1]) using new into wanted;
  execute format('select true from %I p where p.id = $1 for key share of p', tg_argv[0]) using wanted into found;
  if found is null then
    raise exception 'insert or update on table "%" violates foreign key constraint "%"', tg_table_name, tg_argv[2]
      using errcode = 'foreign_key_violation', constraint = tg_argv[2], table = tg_argv[0],
        detail = format('Key (%s)=(%s) is not present in table "%s".', tg_argv[1], wanted, tg_argv[0]);
  end if;
  perform set_config(tg_argv[3], wanted::text, true);
  return new;
end $body$;
create function forget_parent() returns trigger language plpgsql as $body$
begin
  perform set_config(tg_argv[0], '', true);
  return null;
end $body$;
drop trigger migration_item_migration_id_fkey_insert on migration_item;
create trigger migration_item_migration_id_fkey_insert before insert on migration_item for each row
  when (new.migration_id::text is distinct from current_setting('rehome.items_of', true))
  execute function insist_on_parent_once('migration', 'migration_id', 'migration_item_migration_id_fkey', 'rehome.items_of');
drop trigger migration_item_migration_id_fkey_update on migration_item;
create trigger migration_item_migration_id_fkey_update after update of migration_id on migration_item for each row
  when (new.migration_id is distinct from old.migration_id)
  execute function insist_on_parent_of_row('migration', 'migration_id', 'migration_item_migration_id_fkey');
create trigger migration_item_migration_id_fkey_forget after delete or update on migration for each statement
  execute function forget_parent('rehome.items_of');
`;

const cheaperText = `
-- Where lz4 is missing (the embedded database), packing the sealed rows costs as much as the rest of the plan's seal:
-- 6 s of processor for a million people, who take 340 MB unpacked. Parts sealed before stay as they are.
do $$ begin
  if not exists (select from pg_attribute where attrelid = 'migration_plan_part'::regclass and attname = 'sealed_rows'
    and attcompression = 'l') then
    alter table migration_plan_part alter column sealed_rows set storage external;
  end if;
end $$;
-- Nothing is looked up by what a row's cells or organizations hold; counting their elements is most of what analyze does.
alter table customer_row alter column cells set statistics 0, alter column organizations set statistics 0;
`;

/** List entries and items are checked by the statement, and sealed rows are kept without packing where that is slow. */
export class Migration0014BulkReferences extends Migration {
  override up(): void {
    this.addSql(listReferences);
    this.addSql(itemReferences);
    this.addSql(cheaperText);
  }
}
