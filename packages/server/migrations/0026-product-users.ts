import { Migration } from "@mikro-orm/migrations";

const productUsers = `
-- A login inside one product instance. It is on an account only where account_id says so, and then by a proof.
create table product_user (
  id uuid primary key default new_id(),
  product_id uuid not null references product,
  -- Canonical. Several logins of one product may share it; then their login names differ.
  email text collate "C" not null,
  login_name text collate "C" not null default '',
  name text not null default '',
  -- In the product's own words; empty where it was not told.
  role text not null default '',
  active boolean not null default true,
  -- What the product says about the address; never a proof (TRUST I3).
  told_verified boolean,
  last_active_at timestamptz,
  kind text not null default 'PERSON' check (kind in ('PERSON', 'DISTRIBUTION_LIST', 'BOT')),
  -- How it signs in at the product: with its password (basic auth), or with a token that no address stands for.
  authentication text not null default 'PASSWORD' check (authentication in ('PASSWORD', 'TOKEN')),
  -- The proof by which somebody who reads its mail confirmed the address, without a link to an account.
  address_proof_id uuid references email_proof,
  account_id uuid references account,
  link_proof_id uuid constraint product_user_link_proof_key unique references email_proof,
  linked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint product_user_login_key unique (product_id, email, login_name),
  constraint product_user_linked check (num_nonnulls(account_id, link_proof_id, linked_at) in (0, 3)),
  constraint product_user_person_linked check (account_id is null or kind = 'PERSON')
);
-- One login of a product is linked to an account at a time.
create unique index product_user_account_key on product_user (account_id, product_id) where account_id is not null;
create index product_user_email on product_user (email, product_id);
create index product_user_bots on product_user (product_id, id) where kind = 'BOT';
`;

/** Logins inside product instances. */
export class Migration0026ProductUsers extends Migration {
  override up(): void {
    this.addSql(productUsers);
  }
}
