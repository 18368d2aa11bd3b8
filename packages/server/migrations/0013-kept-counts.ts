import { Migration } from "@mikro-orm/migrations";

// A site of a million people cannot be counted, nor searched for emails of both types, while somebody waits. A number
// on the site's row would make an upload hold up every other writer of the site until it commits; so each statement
// leaves a row with what it added and took away, and the count is their sum. The sweep puts old rows together.
const counts = `
create table site_count (
  site_id uuid not null,
  accounts int not null default 0,
  inactive_accounts int not null default 0,
  -- With the Customer role of their own; what groups give is counted when it is asked for.
  accounts_with_role int not null default 0,
  portal_customers int not null default 0,
  inactive_portal_customers int not null default 0,
  requests int not null default 0,
  both_types int not null default 0
);
create index site_count_site on site_count (site_id);
-- Arguments: pairs of a column of site_count and which rows of the table count for it. Rows of an update count as
-- added with what they are and as taken away with what they were.
create function keep_site_counts() returns trigger language plpgsql as $body$
declare
  -- Counting costs half of summing, and the rows of an upload are many.
  sum text := case tg_op when 'INSERT' then 'count(*) filter (where %s)' when 'DELETE' then '-count(*) filter (where %s)'
    else 'coalesce(sum(sign) filter (where %s), 0)' end;
  source text := case tg_op when 'INSERT' then 'added' when 'DELETE' then 'removed'
    else '(select 1 as sign, * from added union all select -1, * from removed)' end;
  columns text := '';
  sums text := '';
  changes text := '';
begin
  for n in 0 .. tg_nargs / 2 - 1 loop
    columns := columns || format(', %I', tg_argv[2 * n]);
    sums := sums || format(', ' || sum || ' as %I', tg_argv[2 * n + 1], tg_argv[2 * n]);
    changes := changes || format(' or s.%I <> 0', tg_argv[2 * n]);
  end loop;
  execute format(
    'insert into site_count (site_id%s) select s.* from (select site_id%s from %s c group by site_id) s where false%s',
    columns, sums, source, changes);
  return null;
end $body$;
`;

// One row per email that is on a site as an account and as a portal-only account: those who look for them ask this
// short table. Two transactions that write the two sides of one person at the same moment do not see each other; the
// sweep finds such a pair.
const pairs = `
create table both_types (
  site_id uuid not null,
  email text collate "C" not null,
  account_id uuid not null,
  portal_customer_id uuid not null,
  primary key (site_id, email)
);
create index both_types_account on both_types (account_id);
create index both_types_portal_customer on both_types (portal_customer_id);
create function pair_portal_customers() returns trigger language plpgsql as $body$
begin
  -- A run makes portal-only accounts for people without an account on the site and nobody else; it has looked. And the
  -- first upload of a site has nobody to be paired with.
  if coalesce(current_setting('rehome.migration', true), '') <> ''
    or not exists (select from (select distinct c.site_id from added c) s
      where (select true from site_account sa where sa.site_id = s.site_id limit 1)) then
    return null;
  end if;
  -- A few thousand people of a batch are looked up one by one, whatever the statistics say: "offset 0" keeps the planner
  -- from reading all accounts for them. It is free for an upload, which may well want to.
  execute format(
    'insert into both_types (site_id, email, account_id, portal_customer_id)
     select c.site_id, c.email, a.id, c.id from added c
     cross join lateral (select id from account where email = c.email %1$s) a
     cross join lateral (select from site_account sa where sa.site_id = c.site_id and sa.account_id = a.id %1$s) present
     on conflict do nothing',
    case when (select count(*) from added) <= 20000 then 'offset 0' else '' end);
  return null;
end $body$;
create function pair_accounts() returns trigger language plpgsql as $body$
begin
  if not exists (select from (select distinct c.site_id from added c) s
    where (select true from portal_customer p where p.site_id = s.site_id limit 1)) then
    return null;
  end if;
  execute format(
    'insert into both_types (site_id, email, account_id, portal_customer_id)
     select c.site_id, a.email, c.account_id, p.id from added c
     cross join lateral (select email from account where id = c.account_id %1$s) a
     cross join lateral (select id from portal_customer where site_id = c.site_id and email = a.email %1$s) p
     on conflict do nothing',
    case when (select count(*) from added) <= 20000 then 'offset 0' else '' end);
  return null;
end $body$;
-- By look-ups only: a plan made while the table was short would compare everybody with everybody when it no longer is.
create function part_portal_customers() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $body$
begin
  delete from both_types b using removed r where b.portal_customer_id = r.id;
  return null;
end $body$;
create function part_accounts() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $body$
begin
  -- By the account: its site alone, which "is true" keeps out of the search, would find everybody there.
  delete from both_types b using removed r where b.account_id = r.account_id and (b.site_id = r.site_id) is true;
  return null;
end $body$;
-- Nothing in the product changes an email, a site or an id; should it happen, the person is paired anew.
create function pair_anew() returns trigger language plpgsql as $body$
begin
  delete from both_types b where b.account_id = old.id or b.portal_customer_id = old.id;
  insert into both_types (site_id, email, account_id, portal_customer_id)
  select p.site_id, p.email, a.id, p.id
  from account a join site_account sa on sa.account_id = a.id join portal_customer p on p.site_id = sa.site_id and p.email = a.email
  where a.email = new.email and new.id in (a.id, p.id)
  on conflict do nothing;
  return null;
end $body$;
`;

const triggers = `
do $$
declare
  counted_table text;
  arguments text;
  operation text;
begin
  for counted_table, arguments in values
    ('site_account', $args$'accounts', 'true', 'inactive_accounts', 'not active', 'accounts_with_role', 'customer_role'$args$),
    ('portal_customer', $args$'portal_customers', 'true', 'inactive_portal_customers', 'not active'$args$),
    ('request', $args$'requests', 'true'$args$),
    ('both_types', $args$'both_types', 'true'$args$)
  loop
    foreach operation in array array['insert', 'update', 'delete'] loop
      execute format(
        'create trigger %I after %s on %I referencing %s for each statement execute function keep_site_counts(%s)',
        'count_' || operation, operation, counted_table,
        case operation when 'insert' then 'new table as added' when 'delete' then 'old table as removed'
          else 'new table as added old table as removed' end,
        arguments);
    end loop;
  end loop;
end $$;
create trigger pair_insert after insert on portal_customer referencing new table as added
  for each statement execute function pair_portal_customers();
create trigger pair_insert after insert on site_account referencing new table as added
  for each statement execute function pair_accounts();
create trigger pair_delete after delete on portal_customer referencing old table as removed
  for each statement execute function part_portal_customers();
create trigger pair_delete after delete on site_account referencing old table as removed
  for each statement execute function part_accounts();
create trigger pair_update after update on portal_customer for each row
  when ((new.email, new.site_id, new.id) is distinct from (old.email, old.site_id, old.id)) execute function pair_anew();
create trigger pair_update after update on account for each row
  when (new.email <> old.email) execute function pair_anew();
`;

const whatIsThere = `
insert into both_types (site_id, email, account_id, portal_customer_id)
select sa.site_id, a.email, a.id, p.id
from site_account sa join account a on a.id = sa.account_id join portal_customer p on p.site_id = sa.site_id and p.email = a.email;
insert into site_count (site_id, accounts, inactive_accounts, accounts_with_role)
select site_id, count(*), count(*) filter (where not active), count(*) filter (where customer_role) from site_account group by site_id;
insert into site_count (site_id, portal_customers, inactive_portal_customers)
select site_id, count(*), count(*) filter (where not active) from portal_customer group by site_id;
insert into site_count (site_id, requests) select site_id, count(*) from request group by site_id;
insert into site_count (site_id, both_types) select site_id, count(*) from both_types group by site_id;
`;

// New names wait in a list that every search reads from end to end: 4 MB of it, as it is by default, are some 50 ms while a
// run goes on. A short one costs the writing nothing that could be measured.
const names = `
alter index account_name_words set (gin_pending_list_limit = 128);
alter index portal_customer_name_words set (gin_pending_list_limit = 128);
`;

/** Counts of sites and the emails of both types are kept, not counted. */
export class Migration0013KeptCounts extends Migration {
  override up(): void {
    for (const sql of [counts, pairs, whatIsThere, triggers, names]) {
      this.addSql(sql);
    }
  }
}
