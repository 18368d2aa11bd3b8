import { Migration } from "@mikro-orm/migrations";

const twoStep = `
-- When the person last showed that it is them, by signing in or when asked again; what guards the sign-in itself
-- is changed only soon after.
alter table auth_session add column confirmed_at timestamptz;
update auth_session set confirmed_at = created_at;
alter table auth_session alter column confirmed_at set default now(), alter column confirmed_at set not null;

-- The second step of a sign-in by codes of an authenticator app. Asked for once it is confirmed.
create table auth_two_step (
  user_id uuid primary key references auth_user on delete cascade,
  -- The shared secret, sealed with the master key; never in the clear.
  sealed_secret bytea not null,
  confirmed_at timestamptz,
  -- The 30-second step of the last code that was accepted: no code counts twice, and none that is older.
  last_step bigint,
  -- Wrong codes since the last right one or lock, and locks since the last right one: each is longer than the one before.
  wrong_codes int not null default 0 constraint auth_two_step_wrong_codes check (wrong_codes between 0 and 5),
  locks int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now()
);
create table auth_recovery_code (
  user_id uuid not null references auth_user on delete cascade,
  -- SHA-256 over the person and the code, which has 80 random bits.
  code_hash bytea not null constraint auth_recovery_code_hash_length check (octet_length(code_hash) = 32),
  used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (user_id, code_hash)
);
-- A sign-in between its two steps: opens nothing but the second one, and only for five minutes.
create table auth_pending_sign_in (
  secret_hash bytea primary key constraint auth_pending_sign_in_hash_length check (octet_length(secret_hash) = 32),
  user_id uuid not null references auth_user on delete cascade,
  remember boolean not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint auth_pending_sign_in_lifetime check (expires_at > created_at and expires_at <= created_at + interval '5 minutes')
);
create index auth_pending_sign_in_user on auth_pending_sign_in (user_id);
create index auth_pending_sign_in_expiry on auth_pending_sign_in (expires_at);
-- A browser that is not asked for the second step.
create table auth_remembered_device (
  id uuid primary key default new_id(),
  user_id uuid not null references auth_user on delete cascade,
  secret_hash bytea not null constraint auth_remembered_device_secret_key unique
    constraint auth_remembered_device_hash_length check (octet_length(secret_hash) = 32),
  user_agent text not null default '',
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint auth_remembered_device_lifetime check (expires_at > created_at and expires_at <= created_at + interval '30 days')
);
create index auth_remembered_device_user on auth_remembered_device (user_id, created_at, id);
create index auth_remembered_device_expiry on auth_remembered_device (expires_at);

-- Only public keys: nothing here lets anybody in.
create table auth_passkey (
  id uuid primary key default new_id(),
  user_id uuid not null references auth_user on delete cascade,
  -- As the browser writes it: base64url.
  credential_id text collate "C" not null constraint auth_passkey_credential_key unique,
  public_key bytea not null,
  -- Uses counted by the authenticator; zero for those that do not count.
  counter bigint not null,
  transports text[] not null,
  -- Whether the authenticator may keep copies elsewhere, as password managers do.
  backed_up boolean not null,
  name text not null constraint auth_passkey_name_length check (length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index auth_passkey_user on auth_passkey (user_id, created_at, id);
-- What an authenticator was asked to sign, once and within five minutes.
create table auth_passkey_challenge (
  challenge_hash bytea primary key constraint auth_passkey_challenge_hash_length check (octet_length(challenge_hash) = 32),
  -- Whom a new passkey shall belong to, or who confirms that it is them; null for a sign-in.
  user_id uuid references auth_user on delete cascade,
  purpose text not null constraint auth_passkey_challenge_purpose check (purpose in ('ADD', 'CONFIRM', 'SIGN_IN')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint auth_passkey_challenge_owner check ((user_id is null) = (purpose = 'SIGN_IN')),
  constraint auth_passkey_challenge_lifetime check (expires_at > created_at and expires_at <= created_at + interval '5 minutes')
);
create index auth_passkey_challenge_expiry on auth_passkey_challenge (expires_at);
`;

/** Two-step sign-in, remembered browsers, passkeys, and when somebody last showed that it is them. */
export class Migration0017TwoStep extends Migration {
  override up(): void {
    this.addSql(twoStep);
  }
}
