import { Migration } from "@mikro-orm/migrations";

const delivery = `
alter table mail_outbox
  -- Which claim of which process is sending it: who settles it must bring the same one.
  add column lease uuid,
  -- How often the text was handed over without an answer. After the second time nobody tries again.
  add column uncertain_sends int not null default 0,
  -- Why a person has to let it go: it came back with a backup, or there was no mail server to send it with.
  add column held_reason text constraint mail_outbox_held_reason check (held_reason in ('RESTORED', 'NO_SERVER')),
  -- The proof whose link it brings: once that has ended, sending the mail helps nobody.
  add column proof_id uuid references email_proof,
  -- When a person let it go or had it tried again.
  add column released_at timestamptz,
  -- One plain address: never a list, a name, a comment or a second header.
  add constraint mail_outbox_address check
    (to_address ~ '^[!#-''*+./0-9=?A-Z^-~-]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?$' and length(to_address) <= 254),
  add constraint mail_outbox_subject check (subject !~ '[[:cntrl:]]' and subject <> ''),
  add constraint mail_outbox_held check ((state = 'HELD') = (held_reason is not null));
create index mail_outbox_settled on mail_outbox (settled_at) where settled_at is not null;
create index mail_outbox_proof on mail_outbox (proof_id) where proof_id is not null;
create index mail_outbox_held on mail_outbox (id) where state = 'HELD';

-- A mail server as its senders find it. While it is in trouble all of them wait, then one mail of one of them tries it.
create table mail_relay (
  -- Host and port; never the credentials.
  name text primary key,
  -- When a process that sends through it last looked for mail.
  seen_at timestamptz not null default now(),
  failures int not null default 0,
  failing_since timestamptz,
  blocked_until timestamptz not null default '-infinity',
  last_error text
);
`;

/** What sending the mail of the outbox needs, and holding it after a restore. */
export class Migration0023MailDelivery extends Migration {
  override up(): void {
    this.addSql(delivery);
  }
}
