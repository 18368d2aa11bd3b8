import { Migration } from "@mikro-orm/migrations";

const proofs = `
-- A chance to prove control of an email address, bound to exactly what the proof may be used for. The secret went to the
-- address by mail and is kept as a digest. Used once: consumed_at is set by the statement that accepts it.
create table email_proof (
  id uuid primary key default new_id(),
  purpose text not null constraint email_proof_purpose check (purpose in
    ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'LINK_SERVICE', 'FINISH_ACCOUNT', 'INVITATION', 'OWNERSHIP')),
  -- The canonical address that is proven.
  email text collate "C" not null,
  -- The account it counts for; null where the account is yet to be made.
  account_id uuid references account,
  organization_id uuid references organization,
  migration_id uuid references migration on delete cascade,
  item_id uuid,
  -- The identity that it lets an account be linked to, such as a product user.
  source_type text,
  source_id uuid,
  secret_hash bytea not null constraint email_proof_secret_key unique
    constraint email_proof_hash_length check (octet_length(secret_hash) = 32),
  created_by uuid references account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  consumed_at timestamptz,
  revoked_at timestamptz,
  constraint email_proof_source check ((source_type is null) = (source_id is null)),
  constraint email_proof_one_end check (num_nonnulls(consumed_at, revoked_at) <= 1),
  constraint email_proof_in_time check (consumed_at <= expires_at),
  constraint email_proof_lifetime check (expires_at > created_at and expires_at <= created_at + case
    when purpose in ('FINISH_ACCOUNT', 'INVITATION', 'OWNERSHIP') then interval '72 hours' else interval '10 minutes' end)
);
create index email_proof_open on email_proof (email, purpose) where consumed_at is null and revoked_at is null;
create index email_proof_account on email_proof (account_id, consumed_at);
-- When control of the account's address was first proven; until then whoever set a password may be somebody else.
alter table account add column proved_at timestamptz;
`;

/** Proof of control over an email address. */
export class Migration0016Proof extends Migration {
  override up(): void {
    this.addSql(proofs);
  }
}
