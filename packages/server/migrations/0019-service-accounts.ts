import { Migration } from "@mikro-orm/migrations";

const serviceAccounts = `
-- An account that no person signs in to: programs ask in its name with API tokens. Its address ends in .invalid, which
-- nobody can receive mail at, prove or upload; it lives in one organization.
create table service_account (
  account_id uuid primary key references account,
  organization_id uuid not null references organization,
  -- What it is for, in a sentence.
  purpose text not null default '' constraint service_account_purpose_length check (length(purpose) <= 300),
  created_by uuid not null references account,
  created_at timestamptz not null default now(),
  removed_by uuid references account,
  removed_at timestamptz,
  constraint service_account_removal check ((removed_at is null) = (removed_by is null))
);
create index service_account_organization on service_account (organization_id, created_at, account_id);
-- No way in but a token: a row here and a sign-in never meet.
create function keep_service_accounts_out() returns trigger language plpgsql as $body$
begin
  if exists (select from service_account s where s.account_id = new.account_id) then
    raise exception 'service account % cannot sign in', new.account_id using errcode = 'check_violation';
  end if;
  return new;
end $body$;
create trigger keep_service_accounts_out before insert or update of account_id on auth_user
  for each row execute function keep_service_accounts_out();
`;

/** Accounts for programs. */
export class Migration0019ServiceAccounts extends Migration {
  override up(): void {
    this.addSql(serviceAccounts);
  }
}
