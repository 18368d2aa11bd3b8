import { Migration } from "@mikro-orm/migrations";

const closing = `
-- Somebody asked for their account to be closed. Nobody closes one by themselves: see ADR 23.
create table account_closing (
  id uuid primary key default new_id(),
  account_id uuid not null references account,
  reason text not null default '' constraint account_closing_reason check (length(reason) <= 500),
  -- CLOSED once everybody who decides has agreed, DECLINED as soon as one does not.
  state text not null default 'PENDING' constraint account_closing_state
    check (state in ('PENDING', 'CLOSED', 'DECLINED', 'WITHDRAWN')),
  asked_at timestamptz not null default now(),
  ended_at timestamptz,
  -- Whoever opened the account again afterwards; null for somebody with a shell on the server.
  reopened_by uuid references account,
  reopened_at timestamptz,
  constraint account_closing_ended check ((state = 'PENDING') = (ended_at is null)),
  constraint account_closing_reopened check (reopened_at is null or state = 'CLOSED')
);
create unique index account_closing_pending_key on account_closing (account_id) where state = 'PENDING';
create index account_closing_account on account_closing (account_id, id);

-- An organization that the closing concerns: it decides for itself, and sees nothing of the others.
create table account_closing_part (
  id uuid primary key default new_id(),
  closing_id uuid not null references account_closing on delete cascade,
  organization_id uuid not null references organization,
  -- DROPPED: the request ended before this organization decided.
  state text not null default 'PENDING' constraint account_closing_part_state
    check (state in ('PENDING', 'APPROVED', 'DECLINED', 'DROPPED')),
  decided_by uuid references account,
  decided_at timestamptz,
  decision_reason text,
  -- Everybody who could have decided at that moment, the decider among them.
  deciders uuid[],
  constraint account_closing_part_key unique (closing_id, organization_id),
  constraint account_closing_part_decided check
    ((state in ('APPROVED', 'DECLINED')) = (decided_by is not null and decided_at is not null and deciders is not null))
);
create index account_closing_part_organization on account_closing_part (organization_id, id);

-- Closed accounts. A table and not a column of account: it is looked at by every statement that writes people, and is small
-- whatever the directory holds.
create table closed_account (
  account_id uuid primary key references account,
  closing_id uuid not null references account_closing constraint closed_account_closing_key unique,
  closed_at timestamptz not null default now()
);
`;

const lock = `
-- Nothing gives a closed account a way in, a role, a group or a place on a site, whichever program asks. After the row, so
-- that the reference to the account, whose lock the closing holds, has been waited for.
create function refuse_closed_account() returns trigger language plpgsql as $body$
begin
  if exists (select from closed_account c where c.account_id = new.account_id) then
    raise exception 'The account % is closed.', new.account_id
      using errcode = 'check_violation', constraint = 'closed_account_stays_closed';
  end if;
  return null;
end $body$;
-- For the tables that are written by the thousand: once for all rows. The one argument selects the accounts of those that count.
create function refuse_closed_accounts() returns trigger language plpgsql as $body$
declare
  closed uuid;
begin
  if not exists (select from closed_account) then
    return null;
  end if;
  execute format('select c.account_id from closed_account c where c.account_id in (%s) limit 1', tg_argv[0]) into closed;
  if closed is not null then
    raise exception 'The account % is closed.', closed
      using errcode = 'check_violation', constraint = 'closed_account_stays_closed';
  end if;
  return null;
end $body$;
create trigger refuse_closed_account after insert or update of account_id on auth_user
  for each row execute function refuse_closed_account();
create trigger refuse_closed_account after insert or update of account_id on role_assignment
  for each row execute function refuse_closed_account();
create trigger refuse_closed_account after insert on api_token
  for each row execute function refuse_closed_account();
create trigger refuse_closed_account after insert on email_proof
  for each row when (new.account_id is not null and new.revoked_at is null) execute function refuse_closed_account();
create trigger refuse_closed_account after insert or update of account_id on product_user
  for each row when (new.account_id is not null) execute function refuse_closed_account();
do $$
declare
  written text;
  accounts text;
  operation text;
begin
  for written, accounts in values
    ('site_account', 'select account_id from changed where active or customer_role'),
    ('user_group_member', 'select account_id from changed'),
    ('project_customer', 'select account_id from changed where account_id is not null')
  loop
    foreach operation in array array['insert', 'update'] loop
      execute format(
        'create trigger %I after %s on %I referencing new table as changed for each statement execute function refuse_closed_accounts(%L)',
        'refuse_closed_' || operation, operation, written, accounts);
    end loop;
  end loop;
end $$;
`;

const cause = `
alter table access_difference drop constraint access_difference_cause_check, add constraint access_difference_cause_check
  check (cause in ('CREATED', 'ADDED', 'CARRIED_TO_PORTAL_ONLY', 'CARRIED_TO_ACCOUNT', 'DUPLICATE', 'APPROVED',
    'UPGRADED', 'ACCOUNT_CLOSED', 'OTHER_MIGRATION'));
`;

const sweeps = `
-- Mailed links and invitations whose time is over.
create index email_proof_unused on email_proof (expires_at) where consumed_at is null;
create index email_proof_used on email_proof (expires_at) where consumed_at is not null;
create index role_invitation_settled on role_invitation (settled_at) where settled_at is not null;
`;

/** Requests to close an account, closed accounts, and that nothing opens one unasked; what the sweep looks for. */
export class Migration0029Closing extends Migration {
  override up(): void {
    for (const sql of [closing, lock, cause, sweeps]) {
      this.addSql(sql);
    }
  }
}
