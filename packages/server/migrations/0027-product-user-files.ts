import { Migration } from "@mikro-orm/migrations";

const uploads = `
-- A file goes to a site or to a product, and only one of product users goes to a product.
alter table import_file drop constraint import_file_file_kind_check, alter column site_id drop not null,
  add column product_id uuid references product;
alter table import_file
  add constraint import_file_kind check (file_kind in ('CUSTOMERS', 'REQUESTS', 'PROJECTS', 'PRODUCT_USERS')),
  add constraint import_file_place check (
    num_nonnulls(site_id, product_id) = 1 and (product_id is not null) = (file_kind = 'PRODUCT_USERS'));
create index import_file_product on import_file (product_id, id) where product_id is not null;

-- As the other row tables: no foreign key, written and removed together with their import_file. Cells never hold a password
-- hash: it stands in sealed_hash, and only until the file is applied. What a cell does not tell is null.
create table product_user_row (
  import_id uuid not null,
  row_number int not null,
  cells text[] not null,
  raw_email text not null default '',
  email text collate "C",
  login_name text collate "C" not null default '',
  name text not null default '',
  role text not null default '',
  active boolean,
  told_verified boolean,
  last_active_at timestamptz,
  kind text check (kind in ('PERSON', 'DISTRIBUTION_LIST', 'BOT')),
  authentication text check (authentication in ('PASSWORD', 'TOKEN')),
  sealed_hash bytea,
  -- The file had a hash that nobody can check a password against, so it was not taken.
  hash_refused boolean not null default false,
  state text not null check (state in ('GOOD', 'BAD', 'INVALID_EMAIL', 'UNSUPPORTED_EMAIL', 'DUPLICATE')),
  problem_column text,
  problem_code text,
  problem text,
  file_warning text,
  warning text,
  primary key (import_id, row_number)
);
create index product_user_row_told on product_user_row (import_id, row_number) where problem is not null or warning is not null;
alter table product_user_row alter column cells set statistics 0;

create or replace view import_row as
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
  from project_row
  union all
  select import_id, row_number, cells, coalesce(email, nullif(raw_email, '')),
    concat_ws(', ', nullif(name, ''), nullif(login_name collate "default", ''), nullif(role, '')),
    state, problem_column, problem_code, problem, warning
  from product_user_row;
`;

const users = `
-- The password hash that the product kept, sealed for the login it belongs to; an account made of the login takes it over.
alter table product_user add column sealed_password_hash bytea;
alter table product_user add constraint product_user_address_proof_key unique (address_proof_id);
`;

const proofs = `
-- VERIFY_PRODUCT_USER: whoever reads the mail of a bot's address confirms it, without an account.
alter table email_proof drop constraint email_proof_purpose, add constraint email_proof_purpose check (purpose in
  ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'CANCEL_EMAIL_CHANGE', 'LINK_SERVICE', 'FINISH_ACCOUNT', 'INVITATION',
   'OWNERSHIP', 'OPERATOR', 'VERIFY_PRODUCT_USER'));
create index email_proof_source on email_proof (source_id, created_at) where source_id is not null;
`;

/** Files of product users, the hashes they bring, and the proof of a bot's address. */
export class Migration0027ProductUserFiles extends Migration {
  override up(): void {
    for (const sql of [uploads, users, proofs]) {
      this.addSql(sql);
    }
  }
}
