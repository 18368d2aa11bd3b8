import { Migration } from "@mikro-orm/migrations";

const apiTokens = `
-- What a script asks with in an account's name. The secret itself is shown once and never stored.
create table api_token (
  id uuid primary key default new_id(),
  account_id uuid not null references account,
  name text not null constraint api_token_name_length check (length(name) between 1 and 100),
  -- How the secret begins, so that its owner tells one found in a script from another.
  hint text not null,
  -- SHA-256 of the secret: 256 random bits need no slower hash, and this way one index finds it.
  secret_hash bytea not null constraint api_token_secret_key unique
    constraint api_token_hash_length check (octet_length(secret_hash) = 32),
  -- READ: queries, subscriptions, downloads. MIGRATE: mutations and uploads as well.
  scope text not null constraint api_token_scope check (scope in ('READ', 'MIGRATE')),
  -- Null: every organization in which the account has a role.
  organization_id uuid references organization,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- At most once a minute, so that a busy script does not rewrite its row with every request.
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_token_lifetime check (expires_at > created_at and expires_at <= created_at + interval '365 days')
);
create index api_token_account on api_token (account_id, created_at, id);
`;

/** Tokens for programs that ask in an account's name. */
export class Migration0005ApiTokens extends Migration {
  override up(): void {
    this.addSql(apiTokens);
  }
}
