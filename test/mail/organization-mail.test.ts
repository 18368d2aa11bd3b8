import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { settleRestore } from "../../packages/server/src/modules/backup/index.ts";
import { issueProof } from "../../packages/server/src/modules/proof/index.ts";
import { makeOrganization } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import type { Caller } from "../kit/schema-caller.ts";
import { testServices } from "../kit/services.ts";
import { openOutboxWorld, type OutboxWorld } from "./outbox-world.ts";

const list = `query Mail($organizationId: ID!, $states: [MailState!], $after: String, $first: Int) {
  outbox(organizationId: $organizationId, states: $states, after: $after, first: $first) {
    heldCount heldWithEndedLinks pageInfo { hasNextPage endCursor }
    edges { node { id to subject state attempts heldReason problem nextStep linkEnded canRetry } } } }`;
const refused = "... on Refused { code message field whoCanGrant }";
const retry = `mutation Retry($input: RetryMailInput!) { retryMail(input: $input) {
  __typename ... on MailResult { mail { state attempts problem } } ${refused} } }`;
const decide = (
  name: string,
  type: string,
): string => `mutation Decide($input: ${type}!) { ${name}(input: $input) {
  __typename ... on HeldMailResult { decided heldCount heldWithEndedLinks } ${refused} } }`;
const release = decide("releaseMail", "ReleaseMailInput");
const discard = decide("discardMail", "DiscardMailInput");

interface Listed {
  outbox: {
    heldCount: number;
    heldWithEndedLinks: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: Record<string, unknown> }[];
  };
}

describe("the mail of an organization", () => {
  let mail: OutboxWorld;
  let organizationId: string;
  let otherId: string;
  let admin: Caller;
  let member: Caller;
  let other: Caller;

  beforeAll(async () => {
    mail = await openOutboxWorld();
    organizationId = (await makeOrganization(mail.world.em)).id;
    otherId = (await makeOrganization(mail.world.em)).id;
    admin = await mail.world.person([{ role: "ORGANIZATION_ADMIN", organizationId }], { name: "Ann Lee" });
    member = await mail.world.person([{ role: "MEMBER", organizationId }]);
    other = await mail.world.person([{ role: "ORGANIZATION_ADMIN", organizationId: otherId }]);
  });
  afterEach(async () => {
    await mail.reset();
    await query(mail.world.em, "delete from restoration");
  });
  afterAll(async () => {
    await mail.close();
  });

  const read = async (variables: Record<string, unknown> = {}): Promise<Listed["outbox"]> =>
    (await admin.data<Listed>(list, { organizationId, ...variables })).outbox;
  const bounce = async (state = "BOUNCED"): Promise<string> => {
    await mail.queue(["ada"], { organizationId });
    const [row] = await query<{ id: string }>(
      mail.world.em,
      `update mail_outbox set state = $1, attempts = 1, settled_at = now(), last_error = '550 No such user' returning id`,
      [state],
    );
    return row?.id ?? "";
  };
  /** A mail with a proof in it, as modules write them: in one transaction. */
  const invite = async (name: string): Promise<void> => {
    await mail.world.fork().transactional(async (tx) => {
      const email = `${name}@acme.example`;
      const { proof, secret } = await issueProof(tx, {
        purpose: "INVITATION",
        email,
        accountId: null,
        organizationId,
      });
      await testServices().outbox.queue(tx, {
        purpose: "proof.invitation",
        about: proof.id,
        proofId: proof.id,
        to: email,
        organizationId,
        accountId: null,
        letter: {
          subject: "You are invited",
          name: "",
          paragraphs: ["Come in."],
          action: { label: "Finish", path: `/finish/${secret}` },
          reason: "Ann asked.",
        },
      });
    });
  };

  it("is listed for its admins, newest first in pages, and for nobody else", async () => {
    await mail.queue(["one"], { organizationId });
    await mail.queue(["two"], { organizationId });
    await mail.queue(["foreign"], { organizationId: otherId });
    await mail.queue(["nobodys"]);
    const first = await read({ first: 1 });
    expect(first.edges.map(({ node }) => node.to)).toEqual(["two@acme.example"]);
    const second = await read({ first: 1, after: first.pageInfo.endCursor });
    expect(second.edges.map(({ node }) => node.to)).toEqual(["one@acme.example"]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(await member.errorCodes(list, { organizationId })).toEqual(["FORBIDDEN"]);
    expect(await other.errorCodes(list, { organizationId })).toEqual(["NOT_FOUND"]);
    const foreign = await other.data<Listed>(list, { organizationId: otherId });
    expect(foreign.outbox.edges.map(({ node }) => node.to)).toEqual(["foreign@acme.example"]);
  });

  it.each(["BOUNCED", "FAILED"])(
    "is tried again by an admin after %s, with an audit entry",
    async (state) => {
      const mailId = await bounce(state);
      const [{ node } = { node: {} }] = (await read({ states: [state] })).edges;
      expect(node).toMatchObject({ problem: "550 No such user", canRetry: true });
      expect(node.nextStep).toMatch(/Retry/);
      expect(await admin.data(retry, { input: { mailId } })).toEqual({
        retryMail: { __typename: "MailResult", mail: { state: "QUEUED", attempts: 0, problem: null } },
      });
      const [entry] = await query<{ summary: string }>(
        mail.world.em,
        `select summary from audit_entry where action = 'mail.retry' and subject_id = $1`,
        [mailId],
      );
      expect(entry?.summary).toBe("Ann Lee had the mail “Hello ada” to ada@acme.example tried again");
    },
  );

  it("is tried again once for one key", async () => {
    const mailId = await bounce();
    const input = { mailId, idempotencyKey: "retry-key-1" };
    const first = await admin.data(retry, { input });
    expect(await admin.data(retry, { input })).toEqual(first);
    const entries = await query(
      mail.world.em,
      `select 1 from audit_entry where action = 'mail.retry' and subject_id = $1`,
      [mailId],
    );
    expect(entries).toHaveLength(1);
  });

  it("is not tried again by others, nor when it is not over", async () => {
    const mailId = await bounce();
    const answer = await member.data<{ retryMail: { code: string; whoCanGrant: string[] } }>(retry, {
      input: { mailId },
    });
    expect(answer.retryMail.code).toBe("NOT_PERMITTED");
    expect(answer.retryMail.whoCanGrant.join()).toContain("Ann Lee");
    expect(await other.errorCodes(retry, { input: { mailId } })).toEqual(["NOT_FOUND"]);
    await admin.data(retry, { input: { mailId } });
    expect(await admin.data(retry, { input: { mailId } })).toMatchObject({
      retryMail: { code: "INVALID_STATE" },
    });
  });

  it("is not tried again with a link that has ended: a new one is asked for", async () => {
    await invite("ada");
    const [row] = await query<{ id: string }>(
      mail.world.em,
      `update mail_outbox set state = 'FAILED', settled_at = now() returning id`,
    );
    expect((await read()).edges[0]?.node).toMatchObject({ linkEnded: false, canRetry: true });
    await query(mail.world.em, "update email_proof set revoked_at = now()");
    expect((await read()).edges[0]?.node).toMatchObject({ linkEnded: true, canRetry: false });
    expect(await admin.data(retry, { input: { mailId: row?.id } })).toMatchObject({
      retryMail: { code: "INVALID_STATE", message: expect.stringContaining("asks for a new one") },
    });
  });

  it("waits for a person after a restore, whatever it was about to do", async () => {
    await mail.queue(["queued", "sending", "uncertain"], { organizationId });
    await mail.queue(["nobodys"]);
    await query(
      mail.world.em,
      `update mail_outbox set state = 'SENDING', lease = gen_random_uuid(), leased_until = now() where about = 'sending'`,
    );
    await query(
      mail.world.em,
      `update mail_outbox set state = 'UNCERTAIN', uncertain_sends = 1 where about = 'uncertain'`,
    );
    const settled = await mail.world.fork().transactional((tx) => settleRestore(tx));
    expect(settled.mailHeld).toBe(4);
    expect((await mail.fates()).map(({ state }) => state)).toEqual(["HELD", "HELD", "HELD", "HELD"]);
    const held = await read();
    expect(held).toMatchObject({ heldCount: 3, heldWithEndedLinks: 0 });
    expect(held.edges[0]?.node).toMatchObject({
      heldReason: "RESTORED",
      nextStep: expect.stringMatching(/^Release it/),
    });
    const entries = await query<{ summary: string }>(
      mail.world.em,
      `select summary from audit_entry where action = 'mail.hold_restored' and organization_id = $1`,
      [organizationId],
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]?.summary).toMatch(/^3 mails held/);
  });

  it("is let go by an admin, all but what would bring a dead link, which is counted", async () => {
    await invite("late");
    await invite("early");
    await mail.queue(["plain"], { organizationId });
    await mail.queue(["foreign"], { organizationId: otherId });
    await query(mail.world.em, "update email_proof set revoked_at = now() where email = 'late@acme.example'");
    await mail.world.fork().transactional((tx) => settleRestore(tx));
    expect(await read()).toMatchObject({ heldCount: 3, heldWithEndedLinks: 1 });
    expect(await admin.data(release, { input: { organizationId } })).toEqual({
      releaseMail: { __typename: "HeldMailResult", decided: 2, heldCount: 1, heldWithEndedLinks: 1 },
    });
    const states = await query(mail.world.em, "select to_address as to, state from mail_outbox order by 1");
    expect(states).toEqual([
      { to: "early@acme.example", state: "QUEUED" },
      { to: "foreign@acme.example", state: "HELD" },
      { to: "late@acme.example", state: "HELD" },
      { to: "plain@acme.example", state: "QUEUED" },
    ]);
    expect(await admin.data(release, { input: { organizationId } })).toMatchObject({
      releaseMail: { code: "INVALID_STATE", field: "includeEndedLinks" },
    });
    expect(await admin.data(release, { input: { organizationId, includeEndedLinks: true } })).toMatchObject({
      releaseMail: { decided: 1, heldCount: 0 },
    });
    expect(await admin.data(release, { input: { organizationId } })).toMatchObject({
      releaseMail: { code: "ALREADY_DONE" },
    });
  });

  it("is discarded with all it said", async () => {
    await mail.queue(["one", "two"], { organizationId });
    await mail.world.fork().transactional((tx) => settleRestore(tx));
    const [first] = (await read()).edges;
    const only = { organizationId, mailId: first?.node.id };
    expect(await admin.data(discard, { input: only })).toMatchObject({
      discardMail: { decided: 1, heldCount: 1 },
    });
    expect(await admin.data(discard, { input: { organizationId } })).toMatchObject({
      discardMail: { decided: 1, heldCount: 0 },
    });
    expect(await query(mail.world.em, "select state, body from mail_outbox")).toEqual([
      { state: "DISCARDED", body: null },
      { state: "DISCARDED", body: null },
    ]);
  });

  it("is decided about by its own admins only", async () => {
    await mail.queue(["one"], { organizationId });
    await mail.world.fork().transactional((tx) => settleRestore(tx));
    for (const document of [release, discard]) {
      expect(Object.values(await member.data<object>(document, { input: { organizationId } }))).toMatchObject(
        [{ code: "NOT_PERMITTED" }],
      );
      expect(await other.errorCodes(document, { input: { organizationId } })).toEqual(["NOT_FOUND"]);
    }
    const [row] = await query<{ id: string }>(mail.world.em, "select id from mail_outbox");
    // Naming another organization's mail under one's own decides nothing.
    const smuggled = { organizationId: otherId, mailId: row?.id };
    expect(await other.data(release, { input: smuggled })).toMatchObject({
      releaseMail: { code: "ALREADY_DONE" },
    });
    expect((await mail.fates()).map(({ state }) => state)).toEqual(["HELD"]);
  });
});
