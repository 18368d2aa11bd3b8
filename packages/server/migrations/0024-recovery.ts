import { Migration } from "@mikro-orm/migrations";

const purposes = `
-- CANCEL_EMAIL_CHANGE goes to the address that an account is about to lose. OPERATOR is no mail at all: somebody with
-- a shell on the server vouched for the account by making its sign-in.
alter table email_proof drop constraint email_proof_purpose, add constraint email_proof_purpose check (purpose in
  ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'CANCEL_EMAIL_CHANGE', 'LINK_SERVICE', 'FINISH_ACCOUNT', 'INVITATION',
   'OWNERSHIP', 'OPERATOR'));
`;

const wishes = `
-- What somebody asked for on the sign-in page, whoever has the address: written by one statement that costs the same
-- for every address, and granted afterwards, so that no answer tells whether an account exists. No unique key: waiting
-- for the row of another request would tell.
create table recovery_wish (
  id uuid primary key default new_id(),
  purpose text not null constraint recovery_wish_purpose check (purpose in ('RESET_PASSWORD', 'VERIFY_EMAIL')),
  email text collate "C" not null,
  wished_at timestamptz not null default now()
);
-- How much mail an account got lately.
create index mail_outbox_account on mail_outbox (account_id, purpose, created_at) where account_id is not null;
`;

const emailChanges = `
-- The addresses an account had. What was kept under an old one, such as the rows of a run, finds the account by it.
create table account_email_change (
  id uuid primary key default new_id(),
  account_id uuid not null references account,
  old_email text collate "C" not null,
  new_email text collate "C" not null,
  proof_id uuid not null references email_proof constraint account_email_change_proof_key unique,
  changed_at timestamptz not null default now(),
  constraint account_email_change_differs check (old_email <> new_email)
);
create index account_email_change_old on account_email_change (old_email, changed_at);
create index account_email_change_account on account_email_change (account_id, changed_at);
`;

const lock = `
-- Sign-ins that are there already were all made on the server's machine, by the demo or its operator.
with known as (
  select a.id, a.email, least(u.created_at, min(c.created_at), min(t.created_at)) as vouched_at
  from account a join auth_user u on u.account_id = a.id join auth_credential c on c.user_id = u.id
  left join api_token t on t.account_id = a.id and t.revoked_at is null
  where a.proved_at is null group by a.id, u.id
), vouched as (
  insert into email_proof (purpose, email, account_id, secret_hash, created_at, expires_at, consumed_at)
  select 'OPERATOR', email, id, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), vouched_at,
    vouched_at + interval '10 minutes', vouched_at
  from known
)
update account a set proved_at = k.vouched_at from known k where a.id = k.id;
delete from auth_session s using auth_user u, account a where u.id = s.user_id and a.id = u.account_id and a.proved_at is null;

-- Nobody is in an account before its address was proven: whoever set a password until then may be somebody else.
create function insist_on_proven_account() returns trigger language plpgsql as $body$
begin
  if exists (select from auth_user u join account a on a.id = u.account_id where u.id = new.user_id and a.proved_at is null) then
    raise exception 'The email of this account was not confirmed yet.'
      using errcode = 'check_violation', constraint = 'auth_session_proven_account';
  end if;
  return new;
end $body$;
create trigger insist_on_proven_account before insert on auth_session
  for each row execute function insist_on_proven_account();
`;

/** Recovery: wishes of strangers, the addresses an account had, and no session before the first proof. */
export class Migration0024Recovery extends Migration {
  override up(): void {
    for (const sql of [purposes, wishes, emailChanges, lock]) {
      this.addSql(sql);
    }
  }
}
