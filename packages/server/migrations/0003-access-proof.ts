import { Migration } from "@mikro-orm/migrations";

const identifiers = `
-- The least identifier of this millisecond: identifiers are time-ordered, so it parts what stood before from what came after.
create function least_id_at(moment timestamptz) returns uuid language sql immutable parallel safe as $body$
  select (lpad(to_hex(floor(extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$body$;
`;

const counters = `
alter table migration
  -- Raised by whatever changes the access of the run's people; the proof is due while it is ahead of proven_version.
  add column access_version bigint not null default 0,
  -- The access_version that the stored proof and its differences are about.
  add column proven_version bigint not null default 0,
  -- When the access before the run was kept; requests raised since are not compared. Null: not started yet.
  add column access_kept_at timestamptz;
create index migration_proof_due on migration (id) where access_version > proven_version;
`;

// The two large tables have no foreign key: its check per row would cost more than the row, and rows are written in
// the transaction that holds the migration.
const snapshot = `
-- How the people of a run stood on the destination before it: enough to say what they reached, and what they would
-- have reached with the Customer role or without the other type of account.
create table access_before_project (
  migration_id uuid not null references migration on delete cascade,
  project_id uuid not null,
  key text not null,
  access text not null check (access in ('OPEN', 'RESTRICTED')),
  primary key (migration_id, project_id)
);
-- Only people the destination knew. customer_role counts approved groups.
create table access_before_person (
  migration_id uuid not null,
  email text collate "C" not null,
  -- Null: no account, or no portal-only account, on the site.
  account_active boolean,
  customer_role boolean not null,
  portal_active boolean,
  primary key (migration_id, email)
);
-- Lists of RESTRICTED projects (request_id is null) and requests of either identity, reachable or not.
create table access_before_entry (
  migration_id uuid not null,
  email text collate "C" not null,
  by_account boolean not null,
  project_id uuid not null,
  request_id uuid,
  request_key text
);
create index access_before_entry_person on access_before_entry (migration_id, email);
`;

const differences = `
-- What the newest proof found, one row per person, direction and cause: a person who reaches every OPEN project costs
-- one row and not one for each project.
create table access_difference (
  migration_id uuid not null,
  -- The access_version it was computed for; only the one in migration.proven_version counts.
  computation bigint not null,
  email text collate "C" not null,
  gained boolean not null,
  -- Null: nothing in the run accounts for it.
  cause text check (cause in ('CREATED', 'ADDED', 'CARRIED_TO_PORTAL_ONLY', 'CARRIED_TO_ACCOUNT', 'DUPLICATE', 'APPROVED',
    'UPGRADED', 'OTHER_MIGRATION')),
  -- Who approved or upgraded, or which other migration.
  cause_id uuid,
  -- Every project that was OPEN before the run and is now.
  open_projects boolean not null,
  -- The others, such as "project KEY" and "request KEY", in byte order.
  resources text[] not null
);
create index access_difference_person on access_difference (migration_id, computation, email);
create index access_difference_unexplained on access_difference (migration_id, computation, email) where cause is null;
`;

// Runs started before this version kept only what people reached. How they stood is read from the plan; what they
// might have reached is taken from now, so an earlier run accepts every gain of approved and upgraded people as before.
const earlierRuns = `
insert into access_before_project (migration_id, project_id, key, access)
  select m.id, sp.id, sp.key, sp.access from migration m join service_project sp on sp.site_id = m.destination_site_id
  where m.started_at is not null and sp.created_at <= m.started_at;
insert into access_before_person (migration_id, email, account_active, customer_role, portal_active)
  with reached as (
    select distinct migration_id, email from access_before
  ), stood as (
    select distinct on (i.migration_id, i.email) i.migration_id, i.email, i.destination_type, r.email is not null as reached,
      i.destination_state = 'ACCOUNT_WITH_ROLE' as has_role
    from migration_item i join migration m on m.id = i.migration_id and m.started_at is not null
    left join reached r on r.migration_id = i.migration_id and r.email = i.email
    where i.destination_type <> 'NONE' order by i.migration_id, i.email, i.ordinal
  )
  select migration_id, email,
    case when destination_type in ('ATLASSIAN_ACCOUNT', 'BOTH') then true end,
    destination_type in ('ATLASSIAN_ACCOUNT', 'BOTH') and (has_role or reached),
    case when destination_type in ('PORTAL_ONLY', 'BOTH') then destination_type = 'BOTH' or reached end
  from stood;
insert into access_before_entry (migration_id, email, by_account, project_id, request_id, request_key)
  with identity as materialized (
    select distinct m.id as migration_id, m.destination_site_id as site_id, m.started_at, i.email, t.id, t.by_account,
      i.resolution is not distinct from 'UPGRADED' as upgraded
    from migration m join migration_item i on i.migration_id = m.id and i.email is not null
    cross join lateral (select a.id, true from account a where a.email = i.email union all
      select p.id, false from portal_customer p where p.site_id = m.destination_site_id and p.email = i.email) t (id, by_account)
    where m.started_at is not null
  ), held as (
    -- What an upgrade gave the account may have been the portal-only account's.
    select n.*, side.by_account as as_account from identity n
    cross join lateral (select n.by_account union select false where n.upgraded) side (by_account)
  ), kept as (
    select b.migration_id, b.email, b.resource from access_before b
  )
  select h.migration_id, h.email, h.as_account, pc.project_id, null::uuid, null
  from held h join project_customer pc on coalesce(pc.account_id, pc.portal_customer_id) = h.id
  join service_project sp on sp.id = pc.project_id and sp.site_id = h.site_id and sp.access = 'RESTRICTED'
  left join kept k on k.migration_id = h.migration_id and k.email = h.email and k.resource = 'project ' || sp.key
  where k.email is not null or not exists (select 1 from migration_item i
    where i.migration_id = h.migration_id and i.email = h.email and pc.project_id = any(i.project_ids))
  union
  select h.migration_id, h.email, h.as_account, r.project_id, r.id, r.key
  from held h join request r on coalesce(r.reporter_account_id, r.reporter_portal_customer_id) = h.id
    and r.site_id = h.site_id and r.id < least_id_at(h.started_at)
  union
  select h.migration_id, h.email, h.as_account, r.project_id, r.id, r.key
  from held h join request_participant rp on coalesce(rp.account_id, rp.portal_customer_id) = h.id
  join request r on r.id = rp.request_id and r.site_id = h.site_id and r.id < least_id_at(h.started_at);
update migration set access_kept_at = started_at, access_version = 1 where started_at is not null;
alter table migration drop column proof_stale;
drop table access_before;
`;

/** Exact access proofs: how people stood before a run, stored differences, and counters instead of a flag. */
export class Migration0003AccessProof extends Migration {
  override up(): void {
    for (const sql of [identifiers, counters, snapshot, differences, earlierRuns]) {
      this.addSql(sql);
    }
  }
}
