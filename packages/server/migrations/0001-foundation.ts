import { Migration } from "@mikro-orm/migrations";

// Why one long file: the first migration is the whole starting schema, read top to bottom.
// Later changes get files of their own and this one is never edited again.

const identifiers = `
-- UUIDv7: time-ordered, so primary key inserts stay at the right edge of the index.
do $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    execute 'create function new_id() returns uuid language sql volatile parallel safe as ''select uuidv7()''';
  else
    execute $fn$
      create function new_id() returns uuid language sql volatile parallel safe as $body$
        select encode(
          set_bit(
            set_bit(
              overlay(uuid_send(gen_random_uuid())
                placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                from 1 for 6),
              52, 1),
            53, 1),
          'hex')::uuid
      $body$
    $fn$;
  end if;
end $$;
`;

// Emails compare byte by byte (collate "C"): they are ASCII, so prefixes and pages in email order use the plain index,
// and no order depends on the locale of the database.
const directory = `
create table organization (
  id uuid primary key default new_id(),
  name text not null,
  distribution_list_words text[] not null,
  bot_words text[] not null,
  last_migration_number int not null default 0,
  created_at timestamptz not null default now()
);
create table site (
  id uuid primary key default new_id(),
  organization_id uuid not null references organization,
  name text not null,
  url_name text not null constraint site_url_name_key unique,
  created_at timestamptz not null default now()
);
create index site_organization on site (organization_id, id);
create table product (
  id uuid primary key default new_id(),
  organization_id uuid not null references organization,
  site_id uuid references site,
  kind text not null,
  hosting text not null check (hosting in ('CLOUD', 'SERVER')),
  name text not null,
  created_at timestamptz not null default now()
);
create index product_organization on product (organization_id, id);
create table claimed_domain (
  domain text collate "C" primary key,
  organization_id uuid not null references organization,
  claimed_at timestamptz not null default now()
);
create table account (
  id uuid primary key default new_id(),
  email text collate "C" not null constraint account_email_key unique,
  name text not null default '',
  created_at timestamptz not null default now()
);
-- The words of names, so that a search finds Jane Smith by "smi" among a million people.
create index account_name_words on account using gin (to_tsvector('simple', name));
-- Presence of an account on a site: active and the Customer role are facts about that site alone.
create table site_account (
  site_id uuid not null references site,
  account_id uuid not null references account,
  active boolean not null default true,
  customer_role boolean not null default false,
  kind text check (kind in ('PERSON', 'DISTRIBUTION_LIST', 'BOT')),
  created_at timestamptz not null default now(),
  primary key (site_id, account_id)
);
create index site_account_account on site_account (account_id);
create index site_account_inactive on site_account (site_id, account_id) where not active;
create table portal_customer (
  id uuid primary key default new_id(),
  site_id uuid not null references site,
  email text collate "C" not null,
  name text not null default '',
  active boolean not null default true,
  kind text check (kind in ('PERSON', 'DISTRIBUTION_LIST', 'BOT')),
  created_at timestamptz not null default now(),
  constraint portal_customer_site_email_key unique (site_id, email)
);
create index portal_customer_name_words on portal_customer using gin (to_tsvector('simple', name));
create index portal_customer_inactive on portal_customer (site_id, email) where not active;
create table user_group (
  id uuid primary key default new_id(),
  site_id uuid not null references site,
  name text not null,
  grants_customer_role boolean not null default false,
  migration_id uuid,
  review_state text check (review_state in ('PENDING', 'PARTLY_APPROVED', 'APPROVED', 'DECLINED')),
  decided_by uuid references account,
  decided_at timestamptz,
  decision_reason text,
  created_at timestamptz not null default now(),
  constraint user_group_imported check ((migration_id is null) = (review_state is null))
);
create unique index user_group_name_key on user_group (site_id, lower(name));
create unique index user_group_migration_key on user_group (migration_id);
create table user_group_member (
  group_id uuid not null references user_group on delete cascade,
  account_id uuid not null references account,
  approved boolean not null default false,
  primary key (group_id, account_id)
);
create index user_group_member_account on user_group_member (account_id);
create index user_group_member_pending on user_group_member (group_id, account_id) where not approved;
create table role_assignment (
  id uuid primary key default new_id(),
  account_id uuid not null references account,
  role text not null check (role in ('ORGANIZATION_ADMIN', 'SITE_ADMIN', 'PRODUCT_OWNER', 'PRODUCT_ADMIN', 'MEMBER')),
  organization_id uuid not null references organization,
  site_id uuid references site,
  product_id uuid references product,
  created_at timestamptz not null default now(),
  constraint role_assignment_scope check (
    (role = 'SITE_ADMIN') = (site_id is not null) and (role in ('PRODUCT_OWNER', 'PRODUCT_ADMIN')) = (product_id is not null)),
  constraint role_assignment_key unique nulls not distinct (account_id, role, organization_id, site_id, product_id)
);
create table service_project (
  id uuid primary key default new_id(),
  site_id uuid not null references site,
  key text not null,
  name text not null,
  access text not null check (access in ('OPEN', 'RESTRICTED')),
  created_at timestamptz not null default now(),
  constraint service_project_site_key_key unique (site_id, key)
);
-- Explicit customer lists. A portal-only account or an account, never both in one row.
create table project_customer (
  project_id uuid not null references service_project,
  account_id uuid references account,
  portal_customer_id uuid references portal_customer on delete cascade,
  constraint project_customer_one_identity check (num_nonnulls(account_id, portal_customer_id) = 1)
);
create unique index project_customer_account_key on project_customer (account_id, project_id) where account_id is not null;
create unique index project_customer_portal_key on project_customer (portal_customer_id, project_id) where portal_customer_id is not null;
create index project_customer_project on project_customer (project_id);
create table request (
  id uuid primary key default new_id(),
  site_id uuid not null references site,
  project_id uuid not null references service_project,
  key text not null,
  summary text not null default '',
  reporter_account_id uuid references account,
  reporter_portal_customer_id uuid references portal_customer,
  created_at timestamptz not null default now(),
  constraint request_one_reporter check (num_nonnulls(reporter_account_id, reporter_portal_customer_id) <= 1),
  constraint request_site_key_key unique (site_id, key)
);
create index request_reporter_account on request (reporter_account_id) where reporter_account_id is not null;
create index request_reporter_portal on request (reporter_portal_customer_id) where reporter_portal_customer_id is not null;
create index request_project on request (project_id);
create table request_participant (
  request_id uuid not null references request on delete cascade,
  account_id uuid references account,
  portal_customer_id uuid references portal_customer on delete cascade,
  constraint request_participant_one_identity check (num_nonnulls(account_id, portal_customer_id) = 1)
);
create unique index request_participant_account_key on request_participant (account_id, request_id) where account_id is not null;
create unique index request_participant_portal_key on request_participant (portal_customer_id, request_id) where portal_customer_id is not null;
create index request_participant_request on request_participant (request_id);
`;

// PRODUCT 2.2 as SQL: the one definition that pages, the API and the access proof read. One branch per type of
// account and no "or" between them, so that every join is a plain equality: a whole site is a few hash joins and
// one person a few index look-ups.
const effectiveAccess = `
-- Every way an email exists on a site. Where both types exist, sign-in resolves to the account,
-- so the portal-only row has resolves = false and reaches nothing.
create view site_identity as
  select sa.site_id, a.email, a.name, sa.account_id, null::uuid as portal_customer_id, sa.active, true as resolves,
    sa.customer_role or exists (
      select 1 from user_group_member m join user_group g on g.id = m.group_id
      where m.account_id = sa.account_id and g.site_id = sa.site_id and g.grants_customer_role and m.approved
    ) as customer_role, sa.kind
  from site_account sa join account a on a.id = sa.account_id
  union all
  select p.site_id, p.email, p.name, null, p.id, p.active,
    not exists (
      select 1 from account a join site_account sa on sa.account_id = a.id where a.email = p.email and sa.site_id = p.site_id
    ), false, p.kind
  from portal_customer p;

-- Who reaches the site's service projects at all: the OPEN ones, and the RESTRICTED ones that list them.
-- Not read from site_identity: only a "not exists" of its own level is planned as an anti-join.
create view reaching_account as
  select sa.site_id, a.email, sa.account_id
  from site_account sa join account a on a.id = sa.account_id
  where sa.active and (sa.customer_role or exists (
    select 1 from user_group_member m join user_group g on g.id = m.group_id
    where m.account_id = sa.account_id and g.site_id = sa.site_id and g.grants_customer_role and m.approved));
create view reaching_portal_customer as
  select p.site_id, p.email, p.id as portal_customer_id
  from portal_customer p
  where p.active and not exists (
    select 1 from account a join site_account sa on sa.account_id = a.id where a.email = p.email and sa.site_id = p.site_id);

create view effective_project_access as
  select i.site_id, i.email, i.account_id, null::uuid as portal_customer_id, sp.id as project_id, sp.key as project_key
  from reaching_account i join service_project sp on sp.site_id = i.site_id and sp.access = 'OPEN'
  union all
  select i.site_id, i.email, i.account_id, null, sp.id, sp.key
  from reaching_account i join project_customer pc on pc.account_id = i.account_id
  join service_project sp on sp.id = pc.project_id and sp.site_id = i.site_id and sp.access = 'RESTRICTED'
  union all
  select i.site_id, i.email, null, i.portal_customer_id, sp.id, sp.key
  from reaching_portal_customer i join service_project sp on sp.site_id = i.site_id and sp.access = 'OPEN'
  union all
  select i.site_id, i.email, null, i.portal_customer_id, sp.id, sp.key
  from reaching_portal_customer i join project_customer pc on pc.portal_customer_id = i.portal_customer_id
  join service_project sp on sp.id = pc.project_id and sp.site_id = i.site_id and sp.access = 'RESTRICTED';

-- A reporter who also takes part counts once: the participant branches leave the reporter out.
create view effective_request_access as
  select i.site_id, i.email, i.account_id, null::uuid as portal_customer_id, r.id as request_id, r.key as request_key, r.project_id
  from reaching_account i join request r on r.reporter_account_id = i.account_id
  join service_project sp on sp.id = r.project_id and sp.site_id = i.site_id
  where sp.access = 'OPEN' or exists (
    select 1 from project_customer pc where pc.account_id = i.account_id and pc.project_id = sp.id)
  union all
  select i.site_id, i.email, i.account_id, null, r.id, r.key, r.project_id
  from reaching_account i join request_participant rp on rp.account_id = i.account_id
  join request r on r.id = rp.request_id and r.reporter_account_id is distinct from rp.account_id
  join service_project sp on sp.id = r.project_id and sp.site_id = i.site_id
  where sp.access = 'OPEN' or exists (
    select 1 from project_customer pc where pc.account_id = i.account_id and pc.project_id = sp.id)
  union all
  select i.site_id, i.email, null, i.portal_customer_id, r.id, r.key, r.project_id
  from reaching_portal_customer i join request r on r.reporter_portal_customer_id = i.portal_customer_id
  join service_project sp on sp.id = r.project_id and sp.site_id = i.site_id
  where sp.access = 'OPEN' or exists (
    select 1 from project_customer pc where pc.portal_customer_id = i.portal_customer_id and pc.project_id = sp.id)
  union all
  select i.site_id, i.email, null, i.portal_customer_id, r.id, r.key, r.project_id
  from reaching_portal_customer i join request_participant rp on rp.portal_customer_id = i.portal_customer_id
  join request r on r.id = rp.request_id and r.reporter_portal_customer_id is distinct from rp.portal_customer_id
  join service_project sp on sp.id = r.project_id and sp.site_id = i.site_id
  where sp.access = 'OPEN' or exists (
    select 1 from project_customer pc where pc.portal_customer_id = i.portal_customer_id and pc.project_id = sp.id);

create view effective_access as
  select site_id, email, 'project ' || project_key as resource, 'reach' as permission, project_id from effective_project_access
  union all
  select site_id, email, 'request ' || request_key, 'reach', project_id from effective_request_access;
`;

// What tells a plan that it is out of date, exact and without a lock that writers of one site would wait for:
// every transaction that changes a site's directory leaves one row here, and a plan keeps their number. A counter
// on the site's row would make an upload of a million rows hold up everyone else until it commits.
const directoryChanges = `
create table directory_change (
  site_id uuid not null,
  -- With the time, because transaction ids start again when a database is restored from a dump.
  transaction_at timestamptz not null,
  transaction_id xid8 not null,
  primary key (site_id, transaction_at, transaction_id)
);
-- The trigger's one argument selects the site ids of the rows in \`changed\`.
create function note_directory_change() returns trigger language plpgsql as $body$
begin
  execute format(
    'insert into directory_change select distinct s.site_id, now(), pg_current_xact_id() from (%s) s on conflict do nothing',
    tg_argv[0]);
  return null;
end $body$;
do $$
declare
  changed_table text;
  sites text;
  operation text;
begin
  for changed_table, sites in values
    ('site_account', 'select site_id from changed'),
    ('portal_customer', 'select site_id from changed'),
    ('user_group', 'select site_id from changed'),
    ('service_project', 'select site_id from changed'),
    ('request', 'select site_id from changed'),
    ('user_group_member', 'select g.site_id from changed c join user_group g on g.id = c.group_id'),
    ('project_customer', 'select p.site_id from changed c join service_project p on p.id = c.project_id'),
    ('request_participant', 'select r.site_id from changed c join request r on r.id = c.request_id')
  loop
    foreach operation in array array['insert', 'update', 'delete'] loop
      execute format(
        'create trigger %I after %s on %I referencing %s table as changed for each statement execute function note_directory_change(%L)',
        'note_' || operation, operation, changed_table, case operation when 'delete' then 'old' else 'new' end, sites);
    end loop;
  end loop;
end $$;
`;

const signIn = `
create table auth_user (
  id uuid primary key default new_id(),
  account_id uuid not null references account constraint auth_user_account_key unique,
  name text not null,
  email text collate "C" not null constraint auth_user_email_key unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table auth_session (
  id uuid primary key default new_id(),
  user_id uuid not null references auth_user on delete cascade,
  token text not null constraint auth_session_token_key unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_session_user on auth_session (user_id);
create table auth_credential (
  id uuid primary key default new_id(),
  user_id uuid not null references auth_user on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text, refresh_token text, id_token text,
  access_token_expires_at timestamptz, refresh_token_expires_at timestamptz, scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint auth_credential_provider_account_key unique (provider_id, account_id)
);
create index auth_credential_user on auth_credential (user_id);
create table auth_verification (
  id uuid primary key default new_id(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verification_identifier on auth_verification (identifier);
-- A fixed window per key, counted by one statement on the clock of the database.
create table auth_rate_limit (
  key text primary key,
  count int not null,
  window_started_at timestamptz not null
);
create index auth_rate_limit_window on auth_rate_limit (window_started_at);
`;

const imports = `
create table import_file (
  id uuid primary key default new_id(),
  organization_id uuid not null references organization,
  site_id uuid not null references site,
  file_kind text not null check (file_kind in ('CUSTOMERS', 'REQUESTS', 'PROJECTS')),
  file_name text not null,
  state text not null check (state in ('RECEIVING', 'PREVIEW', 'APPLYING', 'APPLIED', 'FAILED', 'DISCARDED')),
  header jsonb,
  is_correction boolean not null default false,
  bytes bigint not null default 0,
  total_rows int not null default 0,
  good_rows int not null default 0,
  bad_rows int not null default 0,
  duplicate_rows int not null default 0,
  warning_rows int not null default 0,
  effects jsonb,
  failure_code text,
  failure text,
  created_by uuid not null references account,
  created_at timestamptz not null default now(),
  applied_by uuid references account,
  applied_at timestamptz
);
create index import_file_site on import_file (site_id, id);
create index import_file_unfinished on import_file (id) where state in ('RECEIVING', 'APPLYING');
-- One row per record of an uploaded customer file, kept: Failed.csv gives the input back as it came.
-- import_id of the three row tables has no foreign key: its check per row halves the speed of COPY, and rows are
-- written and removed only together with their import_file, in one transaction.
-- file_warning is what the row itself gives cause for; warning adds what the site gives cause for.
create table customer_row (
  import_id uuid not null,
  row_number int not null,
  site_id uuid not null,
  cells text[] not null,
  raw_email text not null default '',
  email text collate "C",
  name text not null default '',
  account_type text check (account_type in ('PORTAL_ONLY', 'ATLASSIAN_ACCOUNT')),
  customer_role boolean,
  project_keys text[] not null default '{}',
  organizations text[] not null default '{}',
  active boolean not null default true,
  kind text check (kind in ('PERSON', 'DISTRIBUTION_LIST', 'BOT')),
  state text not null check (state in ('GOOD', 'BAD', 'INVALID_EMAIL', 'UNSUPPORTED_EMAIL', 'DUPLICATE')),
  problem_column text,
  problem_code text,
  problem text,
  file_warning text,
  warning text,
  current boolean not null default false,
  primary key (import_id, row_number)
);
-- current: the row of the newest applied upload that speaks for this person, or a rejected row nobody corrected yet.
create index customer_row_current on customer_row (site_id, email, account_type) where current;
create index customer_row_told on customer_row (import_id, row_number) where problem is not null or warning is not null;
create table request_row (
  import_id uuid not null,
  row_number int not null,
  cells text[] not null,
  key text,
  project_key text,
  reporter_email text collate "C",
  reporter_type text check (reporter_type in ('PORTAL_ONLY', 'ATLASSIAN_ACCOUNT')),
  participants text[] not null default '{}',
  summary text not null default '',
  created_at timestamptz,
  state text not null check (state in ('GOOD', 'BAD', 'DUPLICATE')),
  problem_column text,
  problem_code text,
  problem text,
  file_warning text,
  warning text,
  primary key (import_id, row_number)
);
create index request_row_told on request_row (import_id, row_number) where problem is not null or warning is not null;
create table project_row (
  import_id uuid not null,
  row_number int not null,
  cells text[] not null,
  key text,
  name text,
  access text check (access in ('OPEN', 'RESTRICTED')),
  state text not null check (state in ('GOOD', 'BAD', 'DUPLICATE')),
  problem_column text,
  problem_code text,
  problem text,
  warning text,
  primary key (import_id, row_number)
);
create index project_row_told on project_row (import_id, row_number) where problem is not null or warning is not null;
-- The rows of every file kind in one shape, for the preview and for rejected.csv.
create view import_row as
  select import_id, row_number, cells, coalesce(email, nullif(raw_email, '')) as email,
    concat_ws(', ', nullif(name, ''),
      case account_type when 'PORTAL_ONLY' then 'portal-only' when 'ATLASSIAN_ACCOUNT' then 'Atlassian account' end,
      'projects ' || nullif(array_to_string(project_keys, ' '), '')) as summary,
    state, problem_column, problem_code, problem, warning
  from customer_row
  union all
  select import_id, row_number, cells, reporter_email, concat_ws(', ', key, nullif(summary, '')),
    state, problem_column, problem_code, problem, warning
  from request_row
  union all
  select import_id, row_number, cells, null, concat_ws(', ', key, name, lower(access)),
    state, problem_column, problem_code, problem, warning
  from project_row;
`;

const migration = `
create table migration (
  id uuid primary key default new_id(),
  organization_id uuid not null references organization,
  number int not null,
  kind text not null,
  state text not null check (state in ('DRAFT', 'CHECKING', 'PLANNED', 'APPROVED', 'RUNNING', 'PAUSED', 'AWAITING_USERS',
    'VERIFYING', 'COMPLETED', 'COMPLETED_WITH_ATTENTION', 'FAILED', 'CANCELLED', 'UNDOING', 'UNDONE')),
  source_site_id uuid not null references site,
  destination_site_id uuid not null references site,
  options jsonb not null,
  plan_fingerprint text,
  plan_summary jsonb,
  planned_at timestamptz,
  approved_fingerprint text,
  approved_by uuid references account,
  approved_at timestamptz,
  total_items int not null default 0,
  applied_ordinal int not null default 0,
  successful_count int not null default 0,
  attention_count int not null default 0,
  failed_count int not null default 0,
  open_attention_count int not null default 0,
  created_count int not null default 0,
  linked_count int not null default 0,
  unchanged_count int not null default 0,
  not_copied_count int not null default 0,
  plan_input_digest text,
  proof jsonb,
  -- An approval or upgrade came after the proof: the engine computes it again.
  proof_stale boolean not null default false,
  last_sequence bigint not null default 0,
  failure text,
  created_by uuid not null references account,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint migration_number_key unique (organization_id, number),
  constraint migration_two_sites check (source_site_id <> destination_site_id)
);
-- One live migration per source and destination.
create unique index migration_live_key on migration (source_site_id, destination_site_id)
  where state in ('APPROVED', 'RUNNING', 'PAUSED', 'VERIFYING', 'UNDOING');
create index migration_organization on migration (organization_id, id);
create index migration_proof_stale on migration (id) where proof_stale;
create table migration_check (
  migration_id uuid not null references migration on delete cascade,
  ordinal int not null,
  code text not null,
  severity text not null check (severity in ('BLOCKER', 'WARNING', 'INFO')),
  passed boolean not null,
  title text not null,
  detail text not null,
  who text not null,
  fix text not null,
  affected int,
  examples text[] not null default '{}',
  checked_at timestamptz not null default now(),
  primary key (migration_id, code)
);
create table migration_item (
  migration_id uuid not null references migration on delete cascade,
  ordinal int not null,
  id uuid not null default new_id(),
  email text collate "C",
  raw_email text not null default '',
  name text not null default '',
  source_type text check (source_type in ('PORTAL_ONLY', 'ATLASSIAN_ACCOUNT')),
  source_account_id uuid,
  source_portal_customer_id uuid,
  import_id uuid,
  row_number int,
  destination_state text not null check (destination_state in
    ('NOTHING', 'PORTAL_ONLY', 'ACCOUNT_WITH_ROLE', 'ACCOUNT_WITHOUT_ROLE', 'BOTH', 'INACTIVE', 'MANAGED_ELSEWHERE')),
  destination_type text not null check (destination_type in ('NONE', 'PORTAL_ONLY', 'ATLASSIAN_ACCOUNT', 'BOTH')),
  destination_account_id uuid,
  destination_portal_customer_id uuid,
  type_after text not null check (type_after in ('NONE', 'PORTAL_ONLY', 'ATLASSIAN_ACCOUNT', 'BOTH')),
  effect text not null check (effect in ('CREATE', 'LINK', 'UNCHANGED', 'NOT_COPIED')),
  joins_group boolean not null default false,
  -- Destination projects of equal key whose customer list the person is to be on; sealed with the plan.
  project_ids uuid[] not null default '{}',
  planned_outcome text not null check (planned_outcome in ('SUCCESSFUL', 'REQUIRES_ATTENTION', 'FAILED')),
  problem text,
  next_step text,
  detail text,
  warning text,
  outcome text check (outcome in ('SUCCESSFUL', 'REQUIRES_ATTENTION', 'FAILED')),
  resolution text check (resolution in ('APPROVED', 'DECLINED', 'UPGRADED', 'SKIPPED')),
  resolved_at timestamptz,
  resolved_by uuid references account,
  primary key (migration_id, ordinal)
-- Every item is written twice, by the plan and by the run: the second version finds room on its own page and, as no
-- index holds what the run sets, touches no index (a third of the cost for the item).
) with (fillfactor = 50);
create unique index migration_item_id_key on migration_item (id);
create index migration_item_email on migration_item (migration_id, email);
create index migration_item_planned on migration_item (migration_id, planned_outcome, ordinal);
-- For what waits for a person: such a row always has a problem. Not "where outcome = …", see above.
create index migration_item_attention on migration_item (migration_id, ordinal) where problem is not null;
create table migration_event (
  migration_id uuid not null references migration on delete cascade,
  sequence bigint not null,
  type text not null,
  summary text not null,
  payload jsonb not null,
  at timestamptz not null default clock_timestamp(),
  primary key (migration_id, sequence)
);
-- What the people of a run reached on the destination before it started; the proof compares it with now.
create table access_before (
  migration_id uuid not null references migration on delete cascade,
  email text collate "C" not null,
  resource text not null,
  permission text not null,
  primary key (migration_id, email, resource, permission)
);
`;

const operations = `
create table audit_entry (
  id uuid primary key default new_id(),
  organization_id uuid not null references organization,
  at timestamptz not null default clock_timestamp(),
  actor_account_id uuid references account,
  action text not null,
  subject_type text not null,
  subject_id uuid,
  summary text not null,
  before jsonb,
  after jsonb
);
create index audit_entry_organization on audit_entry (organization_id, at, id);
create index audit_entry_subject on audit_entry (organization_id, subject_id, at, id) where subject_id is not null;
create table idempotency_key (
  actor_account_id uuid not null references account,
  operation text not null,
  key text not null,
  request_hash text not null,
  response jsonb not null,
  created_at timestamptz not null default now(),
  primary key (actor_account_id, operation, key)
);
`;

/** The starting schema: directory, effective access, sign-in, uploads, migrations, audit. */
export class Migration0001Foundation extends Migration {
  override up(): void {
    for (const sql of [
      identifiers,
      directory,
      effectiveAccess,
      directoryChanges,
      signIn,
      imports,
      migration,
      operations,
    ]) {
      this.addSql(sql);
    }
  }
}
