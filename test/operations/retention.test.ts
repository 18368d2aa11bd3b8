import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyCustomers } from "../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import { Sweeper } from "../../packages/server/src/modules/retention/index.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { query } from "../kit/query.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, uploadAndApply, uploadSamples, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;
let em: EntityManager;
let migrationId: string;
let sweeper: Sweeper;

beforeAll(async () => {
  server = await startTestServer({ REHOME_SWEEP_MINUTES: "0" });
  world = await makeWorld(server);
  em = server.database.orm.em.fork() as EntityManager;
  await uploadSamples(world);
  migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId);
  sweeper = new Sweeper({
    fork: () => server.database.orm.em.fork() as EntityManager,
    logger: createLogger("silent"),
    eventDays: 365,
    uploadDays: 90,
    answerDays: 7,
    mailDays: 90,
    linkDays: 30,
    sweepMinutes: 0,
  });
});
afterAll(() => server.stop());

async function report(): Promise<number[]> {
  const response = await fetch(`${server.url}/api/migrations/${migrationId}/report.zip`, {
    headers: { cookie: world.admin.cookie },
  });
  return [response.status, (await response.arrayBuffer()).byteLength];
}

describe("a sweep", () => {
  it("finds nothing to remove in what is recent", async () => {
    // Counts of sites are put together at any time; nothing is lost with it.
    const { siteCounts, ...removed } = await sweeper.sweep();
    expect(siteCounts).toBeGreaterThan(0);
    expect(Object.values(removed).reduce((sum, rows) => sum + rows, 0)).toBe(0);
    expect((await sweeper.sweep()).siteCounts).toBe(0);
  });

  it("keeps the events of a migration that still waits for people, however old", async () => {
    await query(em, `update migration_event set at = at - interval '800 days'`);
    await query(em, `update migration set finished_at = finished_at - interval '800 days'`);
    expect(await query(em, `select state from migration`)).toEqual([{ state: "COMPLETED_WITH_ATTENTION" }]);
    expect((await sweeper.sweep()).events).toBe(0);
  });

  it("removes old events up to the end of a settled migration, and the log says where it starts", async () => {
    const before = await report();
    await world.admin.query(
      `mutation Skip { ${(
        await query<{ id: string }>(
          em,
          `select id from migration_item where outcome = 'REQUIRES_ATTENTION' and resolved_at is null`,
        )
      )
        .map(
          ({ id }, index) =>
            `s${index}: skipItem(input: { migrationId: "${migrationId}", itemId: "${id}", reason: "as it is" }) { __typename }`,
        )
        .join(" ")} }`,
    );
    const [before0] = await query<{ state: string; last: number; ending: number }>(
      em,
      `select m.state, m.last_sequence::int as last,
         (select sequence::int from migration_event where type = 'COMPLETED') as ending from migration m`,
    );
    expect(before0?.state).toBe("COMPLETED");
    const ending = before0?.ending ?? 0;
    expect((await sweeper.sweep()).events).toBe(ending - 1);
    expect(
      await query(
        em,
        `select m.first_kept_sequence::int as first, min(e.sequence)::int as lowest, max(e.sequence)::int as highest
         from migration m join migration_event e on e.migration_id = m.id group by 1`,
      ),
    ).toEqual([{ first: ending, lowest: ending, highest: before0?.last }]);
    expect((await sweeper.sweep()).events).toBe(0);
    expect(await report()).toEqual([200, expect.closeTo(before[1] ?? 0, -4)]);
  });

  it("keeps every upload row that an item came from or that speaks for somebody", async () => {
    await query(
      em,
      `update import_file set applied_at = applied_at - interval '800 days', created_at = created_at - interval '800 days'`,
    );
    const [before] = await query<{ count: number }>(em, `select count(*)::int as count from customer_row`);
    // The migration was planned after these uploads, so even the rows of requests and projects of its source stay.
    await sweeper.sweep();
    expect(await query(em, `select count(*)::int as count from customer_row`)).toEqual([before]);
    const lost = await query(
      em,
      `select 1 from migration_item i where not exists (
         select from customer_row r where r.import_id = i.import_id and r.row_number = i.row_number)`,
    );
    expect(lost).toEqual([]);
  });

  it("drops the rows of a replaced upload that no plan is about, and says so", async () => {
    const file = "email,name,account type\r\nrepeat@example.com,Repeat,portal-only\r\n";
    const first = await uploadAndApply(world.admin, world.destination.id, file, "CUSTOMERS");
    await uploadAndApply(world.admin, world.destination.id, file, "CUSTOMERS");
    await query(em, `update import_file set applied_at = now() - interval '91 days' where id = $1`, [first]);
    expect(await sweeper.sweep()).toMatchObject({ uploads: 1, uploadRows: 1 });
    const answer = await fetch(`${server.url}/api/imports/${first}/rejected.csv`, {
      headers: { cookie: world.admin.cookie },
    });
    expect(answer.status).toBe(410);
  });

  it("discards a preview nobody applied", async () => {
    const response = await world.admin.upload(
      world.source.id,
      "email,name,account type\r\nnobody@example.com,Nobody,portal-only\r\n",
      { fileKind: "CUSTOMERS", fileName: "forgotten.csv" },
    );
    const { importFile } = (await response.json()) as { importFile: { id: string } };
    await query(em, `update import_file set created_at = now() - interval '91 days' where id = $1`, [
      importFile.id,
    ]);
    expect(await sweeper.sweep()).toMatchObject({ uploads: 1, uploadRows: 1 });
    expect(await query(em, `select state from import_file where id = $1`, [importFile.id])).toEqual([
      { state: "DISCARDED" },
    ]);
  });

  it("removes old links that nothing names, and keeps the first proof of each account and address", async () => {
    const [person] = await query<{ id: string }>(
      em,
      `insert into account (email, name, proved_at) values ('proven@acme.example', 'P', now() - interval '40 days') returning id`,
    );
    const links = (values: string): string =>
      `insert into email_proof (purpose, email, account_id, secret_hash, created_at, expires_at, consumed_at)
       select purpose, email, $1::uuid, sha256(convert_to(n::text, 'UTF8')), at - interval '5 minutes', at + interval '5 minutes',
         case when used then at end
       from (values ${values}) link (n, purpose, email, used, age)
       cross join lateral (select now() - make_interval(days => age)) clock (at)`;
    await query(
      em,
      links(`(1, 'VERIFY_EMAIL', 'proven@acme.example', true, 40), (2, 'RESET_PASSWORD', 'proven@acme.example', true, 35),
        (3, 'RESET_PASSWORD', 'proven@acme.example', false, 34), (4, 'RESET_PASSWORD', 'proven@acme.example', true, 20),
        (5, 'CHANGE_EMAIL', 'older@acme.example', true, 39), (6, 'CHANGE_EMAIL', 'older@acme.example', true, 38),
        (7, 'RESET_PASSWORD', 'proven@acme.example', false, 33), (8, 'CHANGE_EMAIL', 'older@acme.example', true, 37)`),
      [person?.id],
    );
    const digest = (n: number): string => `sha256(convert_to('${n}', 'UTF8'))`;
    await query(
      em,
      `insert into account_email_change (account_id, old_email, new_email, proof_id)
       select account_id, 'first@acme.example', 'older@acme.example', id from email_proof where secret_hash = ${digest(6)}`,
    );
    await query(
      em,
      `insert into mail_outbox (purpose, about, to_address, subject, body, message_id, proof_id)
       select 'test.link', 'seven', 'proven@acme.example', 'Link', 'x', '<seven@acme.example>', id
       from email_proof where secret_hash = ${digest(7)}`,
    );
    expect(await sweeper.sweep()).toMatchObject({ links: 1, usedLinks: 2 });
    const left = await query<{ kept: number[] }>(
      em,
      `select array(select n from generate_series(1, 8) n
         where exists (select from email_proof p where p.secret_hash = sha256(convert_to(n::text, 'UTF8')))) as kept`,
    );
    expect(left).toEqual([{ kept: [1, 4, 5, 6, 7] }]);
    // Once the mail is gone, its link goes as well.
    await query(em, "delete from mail_outbox where about = 'seven'");
    expect(await sweeper.sweep()).toMatchObject({ links: 1, usedLinks: 0 });
  });

  it("removes old invitations that were answered; those that wait, and an accepted ownership, stay", async () => {
    const { organizationId } = world;
    await query(
      em,
      `with product as (insert into product (organization_id, kind, hosting, name) values ($1, 'JIRA', 'CLOUD', 'Desk') returning id),
       admin as (select account_id as id from role_assignment where organization_id = $1 limit 1),
       owner as (insert into role_assignment (account_id, role, organization_id, product_id)
         select admin.id, 'PRODUCT_OWNER', $1, product.id from admin, product)
       insert into role_invitation (organization_id, product_id, role, email, state, invited_by, accepted_by, settled_at)
       select $1, case when role = 'PRODUCT_OWNER' then product.id end, role, who || '@acme.example', state, admin.id,
         case when state = 'ACCEPTED' then admin.id end, now() - make_interval(days => age)
       from (values ('a', 'MEMBER', 'ACCEPTED', 31), ('b', 'MEMBER', 'DECLINED', 31), ('c', 'MEMBER', 'WITHDRAWN', 29),
         ('d', 'MEMBER', 'PENDING', null), ('e', 'PRODUCT_OWNER', 'ACCEPTED', 400)) i (who, role, state, age), admin, product`,
      [organizationId],
    );
    expect(await sweeper.sweep()).toMatchObject({ invitations: 2 });
    expect(
      await query(
        em,
        "select array_agg(split_part(email, '@', 1) order by email) as kept from role_invitation",
      ),
    ).toEqual([{ kept: ["c", "d", "e"] }]);
  });

  it("removes settled mail, and sooner what it said; what is held or waits stays", async () => {
    await query(
      em,
      `insert into mail_outbox (purpose, about, to_address, subject, body, message_id, state, settled_at, held_reason, created_at)
       select 'test.sweep', n::text, 'ada@acme.example', 'Mail', case when state = 'SENT' then null else 'x'::bytea end,
         format('<%s@acme.example>', n), state, now() - make_interval(days => age), reason, now() - interval '200 days'
       from (values (1, 'SENT', 91, null), (2, 'SENT', 89, null), (3, 'BOUNCED', 8, null), (4, 'FAILED', 6, null),
         (5, 'HELD', null, 'RESTORED')) mail(n, state, age, reason)`,
    );
    expect(await sweeper.sweep()).toMatchObject({ mail: 1, mailBodies: 1 });
    expect(
      await query(
        em,
        `select about, body is not null as kept from mail_outbox where purpose = 'test.sweep' order by 1`,
      ),
    ).toEqual([
      { about: "2", kept: false },
      { about: "3", kept: false },
      { about: "4", kept: true },
      { about: "5", kept: true },
    ]);
  });

  it("forgets directory changes without any plan looking older or newer", async () => {
    const scope = {
      // Of somebody who plans between the same sites: a run leaves out only its own changes.
      migrationId: randomUUID(),
      number: 2,
      organizationId: world.organizationId,
      sourceSiteId: world.source.id,
      destinationSiteId: world.destination.id,
      options: { allCustomers: true, projectKeys: [] },
    };
    const before = await copyCustomers.inputDigest(em, scope);
    await query(em, `update directory_change set transaction_at = transaction_at - interval '2 days'`);
    expect((await sweeper.sweep()).directoryChanges).toBeGreaterThan(0);
    expect(await query(em, `select 1 from directory_change`)).toEqual([]);
    expect(await copyCustomers.inputDigest(em, scope)).toBe(before);
    await query(em, `update portal_customer set name = name || '!' where site_id = $1`, [world.source.id]);
    expect(await copyCustomers.inputDigest(em, scope)).not.toBe(before);
  });

  it("removes what lost its use by age: answers, sessions, codes, rate limits", async () => {
    const [account] = await query<{ id: string; user: string }>(
      em,
      `select account_id as id, id as user from auth_user limit 1`,
    );
    await query(
      em,
      `insert into idempotency_key (actor_account_id, operation, key, request_hash, response, created_at)
       select $1, 'createSite', 'key-' || n, 'x', '{}', now() - make_interval(days => n, hours => -1) from generate_series(6, 9) n`,
      [account?.id],
    );
    await query(
      em,
      `insert into auth_session (user_id, token, expires_at, created_at)
       select $1, encode(sha256(convert_to(n::text, 'UTF8')), 'hex'), now() - make_interval(days => n, hours => -1), now() - make_interval(days => n + 6)
       from generate_series(0, 2) n`,
      [account?.user],
    );
    await query(
      em,
      `insert into auth_verification (identifier, value, expires_at) values ('a', 'b', now() - interval '2 days'), ('c', 'd', now())`,
    );
    await query(
      em,
      `insert into auth_rate_limit (key, count, window_started_at) values ('old', 1, now() - interval '2 days')`,
    );
    await query(
      em,
      `insert into auth_pending_sign_in (user_id, secret_hash, remember, created_at, expires_at)
       select $1, sha256(convert_to(n::text, 'UTF8')), true, now() - make_interval(mins => n), now() - make_interval(mins => n - 5)
       from generate_series(4, 6) n`,
      [account?.user],
    );
    await query(
      em,
      `insert into auth_remembered_device (user_id, secret_hash, created_at, expires_at)
       select $1, sha256(convert_to(n::text, 'UTF8')), now() - make_interval(days => n), now() - make_interval(days => n - 30)
       from generate_series(29, 31) n`,
      [account?.user],
    );
    expect(await sweeper.sweep()).toMatchObject({
      answers: 2,
      sessions: 1,
      pendingSignIns: 2,
      rememberedDevices: 2,
      verifications: 1,
      rateLimits: 1,
    });
    await query(em, `delete from auth_session where length(token) = 64`);
  });
});
