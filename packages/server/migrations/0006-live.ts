import { Migration } from "@mikro-orm/migrations";

const rights = `
-- Tells every node the moment a session ends or a role changes, whoever does it, so that open sockets close. A
-- statement that touches many says so once: each node then looks at everybody it serves.
create function announce_rights() returns trigger language plpgsql as $body$
declare
  topics text[];
begin
  if tg_op = 'TRUNCATE' then
    perform pg_notify('rehome_live', 'rights');
    return null;
  end if;
  if tg_table_name = 'auth_session' then
    select array_agg('session:' || id) into topics from (select distinct id from changed limit 101) as touched;
  else
    select array_agg('account:' || account_id) into topics from (select distinct account_id from changed limit 101) as touched;
  end if;
  if cardinality(topics) > 100 then
    topics := array['rights'];
  end if;
  perform pg_notify('rehome_live', topic) from unnest(topics) as topic;
  return null;
end $body$;
create trigger announce_delete after delete on auth_session
  referencing old table as changed for each statement execute function announce_rights();
create trigger announce_update after update on auth_session
  referencing new table as changed for each statement execute function announce_rights();
create trigger announce_truncate after truncate on auth_session
  for each statement execute function announce_rights();
create trigger announce_insert after insert on role_assignment
  referencing new table as changed for each statement execute function announce_rights();
create trigger announce_update after update on role_assignment
  referencing new table as changed for each statement execute function announce_rights();
create trigger announce_owner_update after update on role_assignment
  referencing old table as changed for each statement execute function announce_rights();
create trigger announce_delete after delete on role_assignment
  referencing old table as changed for each statement execute function announce_rights();
create trigger announce_truncate after truncate on role_assignment
  for each statement execute function announce_rights();
`;

/** Ended sessions and changed roles are announced to every node. */
export class Migration0006Live extends Migration {
  override up(): void {
    this.addSql(rights);
  }
}
