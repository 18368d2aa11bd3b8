import { Migration } from "@mikro-orm/migrations";

const outbox = `
-- Mail that a committed change asks for. Written in the transaction of the change, sent afterwards: a mail without its
-- change, or a change without its mail, cannot exist.
create table mail_outbox (
  id uuid primary key default new_id(),
  -- What it is for, such as proof.reset_password; with \`about\`, the id it concerns, and the generation (1, then 2 for
  -- the first resend) it names the one mail that may exist.
  purpose text not null,
  about text not null,
  generation int not null default 1 check (generation >= 1),
  -- Null for mail that concerns no organization, such as a password reset.
  organization_id uuid references organization,
  account_id uuid references account,
  to_address text collate "C" not null,
  subject text not null,
  -- Both parts, sealed: they hold links that let people in. Null once they are needed no longer.
  body bytea,
  message_id text not null constraint mail_outbox_message_id_key unique,
  -- UNCERTAIN: the connection broke after the text was handed over; tried once more under the same message id.
  state text not null default 'QUEUED' constraint mail_outbox_state
    check (state in ('QUEUED', 'SENDING', 'UNCERTAIN', 'SENT', 'BOUNCED', 'FAILED', 'HELD', 'DISCARDED')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null default now(),
  leased_until timestamptz,
  last_error text,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  constraint mail_outbox_once_key unique (purpose, about, generation)
);
create index mail_outbox_due on mail_outbox (next_attempt_at, id) where state in ('QUEUED', 'SENDING', 'UNCERTAIN');
create index mail_outbox_organization on mail_outbox (organization_id, id);
`;

/** The transactional outbox of mail. */
export class Migration0015Mail extends Migration {
  override up(): void {
    this.addSql(outbox);
  }
}
