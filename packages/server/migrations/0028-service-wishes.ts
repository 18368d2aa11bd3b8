import { Migration } from "@mikro-orm/migrations";

const wishes = `
-- A login that somebody wants to connect to their account: written by one statement that costs the same whoever has the
-- address, and granted afterwards (a link mailed to the login), so that no answer tells whether there is such a login.
-- Only with the wish is its link worth anything.
create table service_wish (
  id uuid primary key default new_id(),
  account_id uuid not null references account,
  product_id uuid not null references product,
  -- Canonical, as it was asked for.
  email text collate "C" not null,
  login_name text collate "C" not null default '',
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  -- When somebody looked whether there is such a login.
  granted_at timestamptz,
  -- The link that was mailed; null where there was nothing to mail it to.
  proof_id uuid references email_proof,
  -- Taken back, or replaced by a newer one. The row goes, with its link, in the next round.
  ended_at timestamptz,
  constraint service_wish_lifetime check (expires_at > asked_at and expires_at <= asked_at + interval '10 minutes')
);
-- One waits per account and product, as one login of a product is linked to an account.
create unique index service_wish_pending_key on service_wish (account_id, product_id) where ended_at is null;
create index service_wish_proof on service_wish (proof_id) where proof_id is not null;
`;

/** Connections of logins that wait to be confirmed. */
export class Migration0028ServiceWishes extends Migration {
  override up(): void {
    this.addSql(wishes);
  }
}
