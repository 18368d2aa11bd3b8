import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  describeFindings,
  invariants,
  verifyInvariants,
  type InvariantId,
} from "../../packages/server/src/modules/invariants/index.ts";
import { runnerOn } from "../../packages/server/src/platform/database/client-runner.ts";
import { createMigration, startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, uploadSamples } from "../kit/world.ts";

/** A fault planted in a finished, honest database; `named` is what the finding has to say of it. */
interface Fault {
  id: InvariantId;
  fault: string;
  plant: string;
  named: RegExp;
}

const productUser = `with made as (
  insert into product (organization_id, kind, hosting, name) select id, 'Jira', 'SERVER', 'Jira' from organization limit 1 returning id)
  insert into product_user (product_id, email) select id, 'ann@acme.example' from made;`;
const account = "(select id from account order by id limit 1)";
const member = `(select account_id from user_group_member order by 1 limit 1)`;
/** What only the owner of the audit log can do. */
const withoutGuards = "alter table audit_entry disable trigger user;";
/** A decision in the log that the audit log does not know: event type and audit action. */
function unaudited(words: string): Fault {
  const [type, action] = words.split(" ");
  return {
    id: "I19",
    fault: `${type} without an audit entry`,
    plant: `insert into migration_event (migration_id, sequence, type, summary, payload)
      select id, last_sequence + 1, '${type}', 'decided', jsonb_build_object('by', created_by) from migration where started_at is not null`,
    named: new RegExp(`has 1 events of ${action} and 0 audit entries`),
  };
}

/** An open link of everybody who signs in. */
function openLink(email: string, createdAt: string): string {
  return `insert into email_proof (purpose, email, account_id, secret_hash, created_at, expires_at)
    select 'RESET_PASSWORD', ${email}, u.account_id, sha256('x'), ${createdAt}, ${createdAt} + interval '10 minutes'
    from auth_user u`;
}
/** A login of a product on an account, with a proof that is as it should be but for these columns, as SQL. */
function linkedLogin(proof: {
  purpose?: string;
  email?: string;
  account?: string;
  source?: string;
  consumed?: string;
}): string {
  const {
    purpose,
    email,
    account: holder,
    source,
    consumed,
  } = {
    purpose: "'LINK_SERVICE'",
    email: "'ada@acme.example'",
    account,
    source: "login.id",
    consumed: "now()",
    ...proof,
  };
  return `with product as (
      insert into product (organization_id, kind, hosting, name) select id, 'STATUSPAGE', 'CLOUD', 'Status' from organization limit 1 returning id
    ), login as materialized (select new_id() as id), proof as (
      insert into email_proof (purpose, email, account_id, source_type, source_id, secret_hash, expires_at, consumed_at)
      select ${purpose}, ${email}, ${holder}, 'PRODUCT_USER', ${source}, sha256('x'), now() + interval '9 minutes', ${consumed} from login
      returning id
    )
    insert into product_user (id, product_id, email, account_id, link_proof_id, linked_at)
    select login.id, product.id, 'ada@acme.example', ${account}, proof.id, now() from login, product, proof`;
}
/** A mail that waits, from before now. */
const waitingMail = `insert into mail_outbox (purpose, about, to_address, subject, body, message_id, created_at)
  values ('test.fault', 'one', 'ada@acme.example', 'Fault', 'x', '<one@acme.example>', now() - interval '1 hour')`;
/** The account of whoever signs in, as if it had been closed; nothing of it was ended. */
const closedAdmin = `with asked as (
    insert into account_closing (account_id, state, ended_at) select account_id, 'CLOSED', now() from auth_user limit 1 returning id, account_id)
  insert into closed_account (account_id, closing_id) select account_id, id from asked`;

const faults: Fault[] = [
  {
    id: "I1",
    fault: "a proof that left something unexplained",
    plant: `update migration set proof = proof || '{"unexplained": 2}'`,
    named: /MR-1\) the access proof left 2 of/,
  },
  {
    id: "I1",
    fault: "an ended run without a proof",
    plant: "update migration set proof = null where started_at is not null",
    named: /is COMPLETED_WITH_ATTENTION without an access proof/,
  },
  {
    id: "I2",
    fault: "a member with the role whom nobody approved",
    plant: `update user_group_member set approved = true where account_id = ${member}`,
    named: /member [0-9a-f-]+ has the Customer role through .* which nobody approved/,
  },
  {
    id: "I2",
    fault: "a pending group that gives the role",
    plant: "update user_group set grants_customer_role = true where migration_id is not null",
    named: /gives the Customer role while its review is pending/,
  },
  ...Object.entries({
    "for another purpose": { purpose: "'CHANGE_EMAIL'" },
    "of another address": { email: "'other@acme.example'" },
    "for another account": { account: "(select id from account order by id desc limit 1)" },
    "of another login": { source: "new_id()" },
    "that nobody used": { consumed: "null" },
  }).map(([which, proof]): Fault => ({
    id: "I3",
    fault: `a login linked by a proof ${which}`,
    plant: linkedLogin(proof),
    named: /^login .* is linked to account [0-9a-f-]+ without a used proof of its address for that account/,
  })),
  {
    id: "I3",
    fault: "a bot with an address that nobody confirmed",
    plant: `${productUser} update product_user set address_proof_id = (select id from email_proof order by id limit 1)`,
    named: /^product user .* has the confirmed address .* without a used proof made for it/,
  },
  {
    id: "I20",
    fault: "a product user's password hash in clear",
    plant: `${productUser} update product_user set sealed_password_hash = convert_to('$2b$10$', 'UTF8')`,
    named: /^product user .* keeps its password hash in a form that is not sealed/,
  },
  {
    id: "I20",
    fault: "a password hash in the cells of an upload",
    plant: `insert into product_user_row (import_id, row_number, cells, state, problem)
      values (new_id(), 2, array['a', '$2b$10$' || repeat('a', 53)], 'BAD', 'bad')`,
    named: /^upload .* row 2 keeps a password hash in its cells/,
  },
  {
    id: "I21",
    fault: "a product user with an address as somebody typed it",
    plant: `${productUser} update product_user set email = 'Ann@Acme.example'`,
    named: /^product user .* has the email 'Ann@Acme.example', which is not canonical/,
  },
  {
    id: "I3",
    fault: "a proven account without a proof",
    plant: "delete from email_proof",
    named: /^account .* is proven without a used proof of its address/,
  },
  {
    id: "I3",
    fault: "an account that was proven before its proof",
    plant: "update account set proved_at = proved_at - interval '1 day' where proved_at is not null",
    named: /^account .* was proven at .*, before any proof was used/,
  },
  {
    id: "I3",
    fault: "an email that changed with the proof of another",
    plant: `insert into account_email_change (account_id, old_email, new_email, proof_id)
      select account_id, 'old@acme.example', 'new@acme.example', id from email_proof limit 1`,
    named: /^change of email .* to new@acme.example was made without a used proof of it/,
  },
  {
    id: "I3",
    fault: "a sign-in with an address of its own",
    plant: "update auth_user set email = 'trojan@evil.example'",
    named: /^sign-in .* has the address trojan@evil.example, its account has admin@acme.example/,
  },
  {
    id: "I3",
    fault: "a link to an address that is not the account's",
    plant: openLink("'attacker@evil.example'", "now()"),
    named: /^link .* for RESET_PASSWORD goes to attacker@evil.example/,
  },
  {
    id: "I4",
    fault: "a password from before the first proof",
    plant: "update auth_credential set created_at = created_at - interval '1 day'",
    named: /^credential .* is older than the first proof of admin@acme.example/,
  },
  {
    id: "I4",
    fault: "a session from before the first proof",
    plant: "update auth_session set created_at = created_at - interval '1 hour'",
    named: /^session .* is older than the first proof of admin@acme.example/,
  },
  {
    id: "I4",
    fault: "a session in an account that nobody proved",
    plant: "update account set proved_at = null",
    named: /^session .* is in the account of admin@acme.example, which nobody proved/,
  },
  {
    id: "I4",
    fault: "an API token from before the first proof",
    plant: `insert into api_token (account_id, name, hint, secret_hash, scope, created_at, expires_at)
      select account_id, 'nightly', 'rhm_abcd', sha256('x'), 'READ', now() - interval '1 day', now() + interval '1 day' from auth_user`,
    named: /^API token .* is older than the first proof of admin@acme.example and not revoked/,
  },
  {
    id: "I4",
    fault: "a link from before the first proof",
    plant: openLink("u.email", "now() - interval '9 minutes'"),
    named: /^link .* for RESET_PASSWORD is older than the first proof of admin@acme.example/,
  },
  {
    id: "I5",
    fault: "an item without an outcome",
    plant: "update migration_item set outcome = null where ordinal = 3",
    named: /\(row 3\) has no outcome/,
  },
  {
    id: "I5",
    fault: "an item gone",
    plant: "delete from migration_item where ordinal = 2",
    named: /MR-1\) has \d+ items up to row \d+, but its plan says/,
  },
  {
    id: "I6",
    fault: "a lost row of an upload",
    plant: "delete from request_row where row_number = 2",
    named: /upload .*requests.* counts \d+ rows/,
  },
  {
    id: "I6",
    fault: "a lost row that an item came from",
    plant:
      "delete from customer_row r using migration_item i where i.ordinal = 1 and r.import_id = i.import_id and r.row_number = i.row_number",
    named: /came from row \d+ of upload .* which is gone/,
  },
  {
    id: "I6",
    fault: "a rejected row without a reason",
    plant: "update customer_row set problem = null where state <> 'GOOD'",
    named: /is (BAD|INVALID_EMAIL|UNSUPPORTED_EMAIL|DUPLICATE) without a reason/,
  },
  {
    id: "I7",
    fault: "another plan than the approved one",
    plant: "update migration set plan_fingerprint = 'another' where started_at is not null",
    named: /with plan another, approved was/,
  },
  {
    id: "I7",
    fault: "a plan that the log does not know",
    plant:
      "update migration set plan_fingerprint = 'forged', approved_fingerprint = 'forged' where started_at is not null",
    named: /has plan forged, the log says/,
  },
  {
    id: "I8",
    fault: "a group made before the start",
    plant: "update migration set started_at = null",
    named: /never started, but made the group/,
  },
  {
    id: "I9",
    fault: "a session that lasts a year",
    plant: "update auth_session set expires_at = created_at + interval '1 year'",
    named: /^session .* more than seven days/,
  },
  {
    id: "I9",
    fault: "a session from before the end of all",
    plant: "update account set sessions_ended_at = clock_timestamp()",
    named: /^session .* is older than the end of the sessions of/,
  },
  {
    id: "I10",
    fault: "a gap in the log",
    plant: "delete from migration_event where sequence = 3",
    named: /keeps events 1 to \d+ by its own account/,
  },
  {
    id: "I11",
    fault: "an approval after the start",
    plant: `update migration_event set type = case type when 'APPROVED' then 'STARTED' else 'APPROVED' end where type in ('APPROVED', 'STARTED')`,
    named: /is STARTED after PLANNED, which is no legal move/,
  },
  {
    id: "I11",
    fault: "a state that the log does not lead to",
    plant: "update migration set state = 'CANCELLED' where started_at is not null",
    named: /is CANCELLED, but the last event that says so is COMPLETED/,
  },
  {
    id: "I11",
    fault: "a log that begins in the middle",
    plant: "update migration_event set type = 'BATCH_APPLIED' where sequence = 1",
    named: /begins with event 2/,
  },
  {
    id: "I12",
    fault: "a lease without a number",
    plant: `update migration set lease_number = 0; insert into migration_lease (migration_id, worker, presence, expires_at)
      select id, 'worker-1', 1, now() + interval '1 minute' from migration where started_at is not null`,
    named: /is held by worker-1 without a lease number/,
  },
  {
    id: "I13",
    fault: "two live migrations of the same sites",
    plant: "drop index migration_live_key; update migration set state = 'PAUSED'",
    named: /has 2 live migrations: MR-1, MR-2/,
  },
  {
    id: "I14",
    fault: "a key without an answer",
    plant: `insert into idempotency_key (actor_account_id, operation, key, request_hash, response) values (${account}, 'x', 'key-1', 'h', 'null')`,
    named: /^idempotency key key-1 .* without an answer/,
  },
  {
    id: "I16",
    fault: "a decision nobody put a name under",
    plant: "update user_group set review_state = 'DECLINED' where migration_id is not null",
    named: /is DECLINED without a name under it/,
  },
  {
    id: "I16",
    fault: "a decision that the audit log does not know",
    plant: `update user_group set review_state = 'DECLINED', decided_by = ${account}, decided_at = now() where migration_id is not null`,
    named: /the audit log knows nothing of it/,
  },
  {
    id: "I16",
    fault: "a request decided by somebody who could not grant it",
    plant: `with asked as (
        insert into access_request (organization_id, site_id, account_id, wish, reason, state, decided_by, decided_at, deciders)
        select organization_id, id, ${account}, 'SITE_ADMIN', 'why', 'APPROVED', ${account}, now(), '{}' from site limit 1 returning *)
      insert into audit_entry (organization_id, actor_account_id, action, subject_type, subject_id, summary)
      select organization_id, decided_by, 'access_request.approve', 'access_request', id, 'approved' from asked`,
    named: /^access request .* was decided by account [0-9a-f-]+, who could not grant it then/,
  },
  {
    id: "I16",
    fault: "a decided request that the audit log does not know",
    plant: `insert into access_request (organization_id, site_id, account_id, wish, reason, state, decided_by, decided_at, deciders)
      select organization_id, id, ${account}, 'SITE_ADMIN', 'why', 'DECLINED', ${account}, now(), array[${account}] from site limit 1`,
    named: /^access request .* is DECLINED by account [0-9a-f-]+, and the audit log knows nothing of it/,
  },
  {
    id: "I17",
    fault: "a product whose accepted owner is gone",
    plant: `with made as (
        insert into product (organization_id, kind, hosting, name) select id, 'JIRA', 'SERVER', 'Desk' from organization limit 1 returning *)
      insert into role_invitation (organization_id, product_id, role, email, invited_by, state, accepted_by, settled_at)
      select organization_id, id, 'PRODUCT_OWNER', 'owner@acme.example', ${account}, 'ACCEPTED', ${account}, now() from made`,
    named: /^product .* \(Desk\) has no owner, though its ownership was accepted/,
  },
  {
    id: "I18",
    fault: "an invitation to a site of another organization",
    plant: `with other as (
        insert into organization (name, distribution_list_words, bot_words) values ('Other', '{}', '{}') returning id)
      insert into role_invitation (organization_id, site_id, role, email, invited_by)
      select other.id, site.id, 'SITE_ADMIN', 'a@acme.example', ${account} from other, (select id from site limit 1) site`,
    named: /^invitation .* is for a site of another organization/,
  },
  {
    id: "I18",
    fault: "a request for a site of another organization",
    plant: `with other as (
        insert into organization (name, distribution_list_words, bot_words) values ('Other', '{}', '{}') returning id)
      insert into access_request (organization_id, site_id, wish, reason, account_id)
      select other.id, site.id, 'SITE_ADMIN', 'why', ${account} from other, (select id from site limit 1) site`,
    named: /^access request .* is for a site of another organization/,
  },
  {
    id: "I17",
    fault: "the last organization admin without a password",
    plant: "update auth_credential set password = null",
    named: /^organization .* has no organization admin who can sign in/,
  },
  {
    id: "I15",
    fault: "the same mail twice",
    plant: `alter table mail_outbox drop constraint mail_outbox_once_key; ${waitingMail};
      insert into mail_outbox (purpose, about, to_address, subject, body, message_id)
      select purpose, about, to_address, subject, body, '<two@acme.example>' from mail_outbox`,
    named: /^mail test\.fault of generation 1 about one is there 2 times/,
  },
  {
    id: "I15",
    fault: "a sent mail that still says something",
    plant: `${waitingMail}; update mail_outbox set state = 'SENT', settled_at = now()`,
    named: /^mail .* is SENT and still keeps what it says/,
  },
  {
    id: "I15",
    fault: "a waiting mail with nothing to say",
    plant: `${waitingMail}; update mail_outbox set body = null`,
    named: /^mail .* is QUEUED and has nothing to say/,
  },
  {
    id: "I15",
    fault: "a sent mail without its time",
    plant: `${waitingMail}; update mail_outbox set state = 'SENT', body = null`,
    named: /^mail .* is SENT without a time/,
  },
  {
    id: "I15",
    fault: "a mail that goes out a third time",
    plant: `${waitingMail}; update mail_outbox set state = 'UNCERTAIN', uncertain_sends = 2`,
    named: /^mail .* was handed over without an answer 2 times/,
  },
  {
    id: "I15",
    fault: "a mail that nobody sends and nobody may take",
    plant: `${waitingMail}; update mail_outbox set state = 'SENDING'`,
    named: /^mail .* is SENDING without a lease/,
  },
  {
    id: "I18",
    fault: "a request in a project of another site",
    plant:
      "update request r set project_id = p.id from service_project p where p.site_id <> r.site_id and r.key = (select min(key) from request)",
    named: /^request .* is in a project of another site/,
  },
  {
    id: "I18",
    fault: "a role on a site of another organization",
    plant: `with o as (insert into organization (name, distribution_list_words, bot_words) values ('Other', '{}', '{}') returning id)
      insert into role_assignment (account_id, role, organization_id, site_id)
      select ${account}, 'SITE_ADMIN', o.id, s.id from o, (select id from site limit 1) s`,
    named: /^role assignment .* is for a site of another organization/,
  },
  {
    id: "I19",
    fault: "an approval without an audit entry",
    plant: `${withoutGuards} delete from audit_entry where action = 'migration.approve'`,
    named: /has 1 events of migration.approve and 0 audit entries/,
  },
  {
    id: "I19",
    fault: "an audit entry rewritten by somebody with every right",
    plant: `${withoutGuards} update audit_entry set summary = 'nothing happened' where action = 'migration.approve'`,
    named: /^audit entry .* its hash is not over what it says and the entry before it/,
  },
  ...["RETRIED migration.retry", "BRAKE_RELEASED migration.release_brake"].map(unaudited),
  ...["APPROVAL_GIVEN migration.approve_first", "FOLLOW_UP_CREATED migration.plan_again"].map(unaudited),
  {
    id: "I20",
    fault: "a session token in the clear",
    plant: "update auth_session set token = 'clear'",
    named: /^session .* no SHA-256 digest/,
  },
  {
    id: "I20",
    fault: "a password in the clear",
    plant: "update auth_credential set password = 'hunter2'",
    named: /^credential .* no argon2id digest/,
  },
  {
    id: "I20",
    fault: "the secret of a second step in the clear",
    plant: `insert into auth_two_step (user_id, sealed_secret, confirmed_at)
      select id, convert_to(repeat('JBSWY3DPEHPK3PXP', 8), 'UTF8'), now() from auth_user limit 1`,
    named: /^two-step sign-in of user .* not sealed/,
  },
  {
    id: "I21",
    fault: "an email in capitals",
    plant: `update account set email = 'Admin@acme.example' where id = (select account_id from auth_user limit 1)`,
    named: /has the email 'Admin@acme.example', which is not canonical/,
  },
  {
    id: "I23",
    fault: "an event of tomorrow",
    plant: "update migration_event set at = now() + interval '1 day' where sequence = 2",
    named: /event 2 happened in the future/,
  },
  {
    id: "I22",
    fault: "an undo that left an account behind",
    plant:
      "update migration_item set undone_at = clock_timestamp() where id = (select min(p.id::text)::uuid from portal_customer p join migration_item i on i.id = p.id)",
    named: /was put back, but the portal-only account the run made is still there/,
  },
  {
    id: "I22",
    fault: "an undo that left a membership behind",
    plant: "update migration_item set undone_at = clock_timestamp() where joins_group",
    named: /was put back, but is still in Imported customers/,
  },
  {
    id: "I22",
    fault: "a count of people put back that is off",
    plant: "update migration set undone_count = undone_count + 1 where started_at is not null",
    named: /counts 1 people put back, its rows are 0/,
  },
  {
    id: "I24",
    fault: "a count that is off by one",
    plant: "update migration set successful_count = successful_count + 1 where started_at is not null",
    named: /MR-1\) counts \d+ successful/,
  },
  {
    id: "I25",
    fault: "a session from before a restore",
    plant: "insert into restoration (sessions_ended, runs_paused) values (0, 0)",
    named: /^session .* is older than the restore/,
  },
  {
    id: "I25",
    fault: "an API token from before a restore",
    plant: `delete from auth_session;
      insert into api_token (account_id, name, hint, secret_hash, scope, expires_at)
      values (${account}, 'nightly', 'rhm_abcd', sha256('x'), 'READ', now() + interval '1 day');
      insert into restoration (sessions_ended, runs_paused) values (0, 0)`,
    named: /^API token .* is older than the restore of .* and not revoked/,
  },
  {
    id: "I25",
    fault: "a run that went on after a restore",
    plant: `delete from auth_session; insert into restoration (sessions_ended, runs_paused) values (0, 0);
      update migration set state = 'RUNNING' where started_at is not null`,
    named: /runs since before the restore of .* without a person having resumed it/,
  },
  {
    id: "I25",
    fault: "mail from before a restore that waits to go out",
    plant: `delete from auth_session; ${waitingMail}; insert into restoration (sessions_ended, runs_paused) values (0, 0)`,
    named: /^mail .* is QUEUED and older than the restore of .* nobody let it go/,
  },
  {
    id: "I25",
    fault: "mail from before a restore that went out after it",
    plant: `delete from auth_session; ${waitingMail}; insert into restoration (sessions_ended, runs_paused) values (0, 0);
      update mail_outbox set state = 'SENT', body = null, settled_at = clock_timestamp()`,
    named: /^mail .* is SENT and older than the restore of/,
  },
  {
    id: "I26",
    fault: "a count of a site that is off by one",
    plant: "insert into site_count (site_id, portal_customers) select id, 1 from site limit 1",
    named: /^site .* keeps the counts .*; its rows are/,
  },
  {
    id: "I26",
    fault: "an email of both types that is not kept",
    plant: "delete from both_types where email = (select min(email) from both_types)",
    named: /^email .* as both types, which is not kept/,
  },
  {
    id: "I26",
    fault: "an email kept that is no longer of both types",
    plant: `alter table portal_customer disable trigger user;
      delete from portal_customer where id = (select min(portal_customer_id::text)::uuid from both_types)`,
    named: /^email .* is kept as being on site .* as both types, and is not/,
  },
  {
    id: "I27",
    fault: "a closed account that can sign in and has a role",
    plant: closedAdmin,
    named: /^closed account .* \(admin@acme.example\) has (a sign-in|the role)/,
  },
  {
    id: "I27",
    fault: "a closing that its own asker agreed to",
    plant: `with asked as (insert into account_closing (account_id) select account_id from auth_user limit 1 returning id, account_id)
      insert into account_closing_part (closing_id, organization_id, state, decided_by, decided_at, deciders)
      select a.id, o.id, 'APPROVED', a.account_id, now(), array[a.account_id] from asked a, organization o limit 1`,
    named: /^closing request .* was decided by whoever asked/,
  },
];

describe("the invariants", () => {
  let server: TestServer;
  let client: pg.Client;

  beforeAll(async () => {
    server = await startTestServer();
    const world = await makeWorld(server);
    await uploadSamples(world);
    await untilEnded(world.admin, await startMigration(world));
    await createMigration(world);
    client = new pg.Client({ connectionString: server.pool.options.connectionString });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  it("hold in an honest database, each named in one line", async () => {
    const findings = await verifyInvariants(runnerOn(client));
    const lines = describeFindings(findings);
    expect(lines.filter((line) => line.startsWith("FAIL"))).toEqual([]);
    expect(findings.map(({ invariant }) => invariant.id)).toEqual(
      Array.from({ length: 27 }, (_value, index) => `I${index + 1}`),
    );
    expect(lines).toHaveLength(27);
  });

  it("each have a fault planted below, or say why they cannot be looked at yet", () => {
    const planted = new Set(faults.map(({ id }) => id));
    const missing = invariants.filter((invariant) => !("notYet" in invariant) && !planted.has(invariant.id));
    expect(missing).toEqual([]);
  });

  it("find nothing in a login that is linked as it should be", async () => {
    await client.query("begin");
    try {
      await client.query(linkedLogin({}));
      const found = (await verifyInvariants(runnerOn(client))).find(({ invariant }) => invariant.id === "I3");
      expect(found?.violations).toEqual([]);
    } finally {
      await client.query("rollback");
    }
  });

  it.each(faults)("$id names $fault", async ({ id, plant, named }) => {
    await client.query("begin");
    try {
      await client.query(plant);
      const found = (await verifyInvariants(runnerOn(client))).find(({ invariant }) => invariant.id === id);
      const rows = found?.violations.map(({ subject, problem }) => `${subject} ${problem}`) ?? [];
      expect(rows.length).toBeGreaterThan(0);
      expect(
        rows.some((row) => named.test(row)),
        rows.join("\n"),
      ).toBe(true);
    } finally {
      await client.query("rollback");
    }
  });

  it("show at most 20 rows and say that there are more", async () => {
    await client.query("begin");
    await client.query("update migration_item set outcome = null");
    const [found] = (await verifyInvariants(runnerOn(client))).filter(
      ({ invariant }) => invariant.id === "I5",
    );
    await client.query("rollback");
    expect(found?.violations).toHaveLength(20);
    expect(found?.more).toBe(true);
    expect(describeFindings(found === undefined ? [] : [found])).toHaveLength(22);
  });
});
