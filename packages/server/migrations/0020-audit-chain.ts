import { Migration } from "@mikro-orm/migrations";

const chain = `
-- Null from the insert until the commit of the same transaction; nobody else ever sees one of those.
alter table audit_entry add column sequence bigint, add column hash bytea,
  add constraint audit_entry_sealed_whole check ((sequence is null) = (hash is null));
-- Where each organization's chain ends. Locked at commit only, after every other lock (ADR 15).
create table audit_chain (
  organization_id uuid primary key references organization,
  last_sequence bigint not null default 0,
  last_hash bytea not null default decode(repeat('00', 32), 'hex')
);

-- The text that is hashed. modules/audit has it a second time, and a verification computes that one.
create function audit_entry_text(entry audit_entry, number bigint) returns text language sql stable
  set search_path = pg_catalog as $$
  select jsonb_build_array(1, entry.organization_id, number, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    entry.actor_account_id, entry.action, entry.subject_type, entry.subject_id, entry.summary, entry.before, entry.after)::text
$$;

-- Numbers and hashes every entry that has none: to a transaction, those are its own.
create function seal_audit_log() returns void language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare
  chain audit_chain;
  entry audit_entry;
begin
  -- In the order of the organizations, so that two transactions over several of them never wait in a circle.
  insert into audit_chain as c (organization_id)
    select distinct e.organization_id from audit_entry e where e.sequence is null order by e.organization_id
    on conflict (organization_id) do update set last_sequence = c.last_sequence;
  for chain in
    select c.* from audit_chain c
    where c.organization_id in (select e.organization_id from audit_entry e where e.sequence is null) order by c.organization_id
  loop
    for entry in
      select e.* from audit_entry e where e.organization_id = chain.organization_id and e.sequence is null order by e.at, e.id
    loop
      chain.last_sequence := chain.last_sequence + 1;
      chain.last_hash := sha256(chain.last_hash || convert_to(audit_entry_text(entry, chain.last_sequence), 'UTF8'));
      update audit_entry set sequence = chain.last_sequence, hash = chain.last_hash where id = entry.id;
    end loop;
    update audit_chain c set last_sequence = chain.last_sequence, last_hash = chain.last_hash
      where c.organization_id = chain.organization_id;
    perform pg_notify('rehome_live', 'audit:' || chain.organization_id);
  end loop;
end
$$;
select seal_audit_log();
create index audit_entry_unsealed on audit_entry (organization_id) where sequence is null;
create unique index audit_entry_sequence on audit_entry (organization_id, sequence);
`;

const triggers = `
-- The first entry of a transaction seals all of them; the others find themselves sealed. Deferred: at commit. It runs
-- as the owner of the log, since the role of the program may only add to it.
create function seal_audit_entries() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  -- By its key alone: the index of entries without a number is full of those that were just sealed.
  if (select e.sequence from audit_entry e where e.id = new.id) is null then
    perform seal_audit_log();
  end if;
  return null;
end
$$;
create constraint trigger audit_entry_seal after insert on audit_entry
  deferrable initially deferred for each row execute function seal_audit_entries();

-- Refuses every change but the sealing of an entry, which is the only one that comes from a trigger.
create function refuse_audit_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if pg_trigger_depth() > 1 and tg_op <> 'DELETE' then
    if tg_table_name = 'audit_chain' then
      return new;
    end if;
    if tg_op = 'UPDATE' and (to_jsonb(old) ->> 'sequence') is null
      and to_jsonb(new) - 'sequence' - 'hash' = to_jsonb(old) - 'sequence' - 'hash' then
      return new;
    end if;
  end if;
  raise exception 'The audit log is append-only: % of % is refused.', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entry_kept before update or delete on audit_entry
  for each row execute function refuse_audit_change();
create trigger audit_entry_not_emptied before truncate on audit_entry
  for each statement execute function refuse_audit_change();
create trigger audit_entry_not_presealed before insert on audit_entry
  for each row when (new.sequence is not null) execute function refuse_audit_change();
create trigger audit_chain_kept before insert or update or delete on audit_chain
  for each row execute function refuse_audit_change();
create trigger audit_chain_not_emptied before truncate on audit_chain
  for each statement execute function refuse_audit_change();
`;

/** The audit log as a chain of hashes per organization that nobody changes. */
export class Migration0020AuditChain extends Migration {
  override up(): void {
    this.addSql(chain);
    this.addSql(triggers);
  }
}
