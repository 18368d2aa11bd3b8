import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideAsOperator } from "../../packages/server/src/modules/closing/index.ts";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { openClosingWorld, type ClosingWorld, type SignedIn } from "./closing-world.ts";

let world: ClosingWorld;

beforeAll(async () => {
  world = await openClosingWorld();
});
afterAll(() => world?.stop());

const member = (): Promise<SignedIn> =>
  world.signedIn([{ role: "MEMBER", organizationId: world.acme.organizationId }]);
const isClosed = async ({ accountId }: { accountId: string }): Promise<boolean> =>
  (await world.one("select from closed_account where account_id = $1", accountId)) !== undefined;
const rolesOf = async ({ accountId }: { accountId: string }, organizationId: string): Promise<number> =>
  (
    await world.one<{ count: number }>(
      "select count(*)::int from role_assignment where account_id = $1 and organization_id = $2",
      accountId,
      organizationId,
    )
  )?.count ?? -1;
const auditOf = async (action: string, { accountId }: { accountId: string }): Promise<string[]> => {
  const { rows } = await world.server.pool.query<{ name: string }>(
    `select o.name || ' by ' || coalesce(a.email, 'nobody') as name from audit_entry e join organization o on o.id = e.organization_id
     left join account a on a.id = e.actor_account_id where e.action = $1 and e.subject_id = $2 order by 1`,
    [action, accountId],
  );
  return rows.map(({ name }) => name);
};

describe("deciding about an account of one organization", () => {
  it("closes it when an admin agrees, once, and tells the person", async () => {
    const mia = await member();
    const { [world.acme.organizationId]: id = "" } = await world.asked(mia);
    expect(await world.decide(world.acme.admin, id, "approve", "All the best")).toMatchObject({
      request: { state: "APPROVED", decidedBy: { email: "admin@acme.example" } },
    });
    expect(await isClosed(mia)).toBe(true);
    expect(await world.decide(world.acme.admin, id, "approve")).toMatchObject({ code: "ALREADY_DONE" });
    const letter = (await world.letters(mia.email)).at(-1);
    expect(letter?.subject).toBe("Your account is closed");
    expect(letter?.text).toContain("Their words: All the best");
    expect(await auditOf("account.approve_closing", mia)).toEqual(["Acme by admin@acme.example"]);
    expect(await auditOf("account.close", mia)).toEqual(["Acme by admin@acme.example"]);
  });

  it("keeps it when an admin declines, with words that the person reads", async () => {
    const mia = await member();
    const { [world.acme.organizationId]: id = "" } = await world.asked(mia);
    expect(await world.decide(world.acme.admin, id, "decline", " ")).toMatchObject({
      code: "INVALID_INPUT",
      field: "reason",
    });
    expect(await world.decide(world.acme.admin, id, "decline", "Finish the handover")).toMatchObject({
      request: { state: "DECLINED" },
    });
    expect(await isClosed(mia)).toBe(false);
    expect(await rolesOf(mia, world.acme.organizationId)).toBe(1);
    expect((await world.letters(mia.email)).at(-1)?.text).toContain("Their words: Finish the handover");
    const own = await mia.client.query("{ viewer { closing { state decisions { state decisionReason } } } }");
    expect(own).toEqual({
      viewer: {
        closing: {
          state: "DECLINED",
          decisions: [{ state: "DECLINED", decisionReason: "Finish the handover" }],
        },
      },
    });
    await world.asked(mia);
  });

  it("is nobody's but an organization admin's, and never one's own", async () => {
    const { acme, other } = world;
    const ann = await world.signedIn([{ role: "ORGANIZATION_ADMIN", organizationId: acme.organizationId }]);
    const sid = await world.signedIn([
      { role: "SITE_ADMIN", organizationId: acme.organizationId, siteId: acme.source.id },
    ]);
    const { [acme.organizationId]: id = "" } = await world.asked(ann);
    expect(await world.decide(ann.client, id, "approve")).toMatchObject({
      code: "NOT_PERMITTED",
      message: "Nobody decides about their own account. Ask another organization admin.",
    });
    const refused = await world.decide(sid.client, id, "approve");
    expect(refused).toMatchObject({ code: "NOT_PERMITTED" });
    expect(refused.whoCanGrant).toContainEqual(expect.stringContaining("admin@acme.example"));
    await expect(world.decide(other.admin, id, "approve")).rejects.toThrow("NOT_FOUND");
    expect(await isClosed(ann)).toBe(false);
    await world.decide(acme.admin, id, "approve");
    expect(await isClosed(ann)).toBe(true);
  });

  it("happens once when two admins decide at the same moment", async () => {
    const { acme } = world;
    const ann = await world.signedIn([{ role: "ORGANIZATION_ADMIN", organizationId: acme.organizationId }]);
    for (let round = 0; round < 3; round += 1) {
      const mia = await member();
      const { [acme.organizationId]: id = "" } = await world.asked(mia);
      const answers = await Promise.all([
        world.decide(acme.admin, id, "approve"),
        world.decide(ann.client, id, "decline", "Not yet"),
      ]);
      expect(answers.filter(({ code }) => code === "ALREADY_DONE")).toHaveLength(1);
      expect(await isClosed(mia)).toBe(answers[0]?.request !== undefined);
    }
    await world.server.pool.query("delete from role_assignment where account_id = $1", [ann.accountId]);
  });

  it("never leaves an organization without an admin, also when its two close each other at once", async () => {
    for (let round = 0; round < 3; round += 1) {
      const organization = await world.one<{ id: string }>(
        "insert into organization (name, distribution_list_words, bot_words) values ('Pair', '{}', '{}') returning id",
      );
      const organizationId = organization?.id ?? "";
      const grant = { role: "ORGANIZATION_ADMIN" as const, organizationId };
      const [ann, bob] = [await world.signedIn([grant]), await world.signedIn([grant])];
      const { [organizationId]: ofAnn = "" } = await world.asked(ann);
      const { [organizationId]: ofBob = "" } = await world.asked(bob);
      await Promise.allSettled([
        world.decide(bob.client, ofAnn, "approve"),
        world.decide(ann.client, ofBob, "approve"),
      ]);
      expect([await isClosed(ann), await isClosed(bob)].filter(Boolean)).toHaveLength(1);
    }
  });

  it("is refused while something is to be handed over that came after asking", async () => {
    const { acme } = world;
    const mia = await member();
    const { [acme.organizationId]: id = "" } = await world.asked(mia);
    await world.server.pool.query(
      `with p as (insert into product (organization_id, kind, hosting, name) values ($1, 'JIRA', 'CLOUD', 'Late Desk') returning id)
       insert into role_assignment (account_id, role, organization_id, product_id) select $2, 'PRODUCT_OWNER', $1, id from p`,
      [acme.organizationId, mia.accountId],
    );
    const refused = await world.decide(acme.admin, id, "approve");
    expect(refused).toMatchObject({ code: "INVALID_STATE" });
    expect(refused.message).toContain("the ownership of Late Desk");
    expect(await isClosed(mia)).toBe(false);
  });
});

describe("an account of several organizations", () => {
  const both = (): Promise<SignedIn> =>
    world.signedIn([
      { role: "MEMBER", organizationId: world.acme.organizationId },
      { role: "MEMBER", organizationId: world.other.organizationId },
    ]);

  it("leaves each that agrees, and closes with the last", async () => {
    const { acme, other } = world;
    const mia = await both();
    await world.put(mia, other.source.id);
    const { [acme.organizationId]: first = "", [other.organizationId]: second = "" } = await world.asked(mia);
    await expect(world.decide(acme.admin, second, "approve")).rejects.toThrow("NOT_FOUND");
    await world.decide(acme.admin, first, "approve");
    expect([
      await isClosed(mia),
      await rolesOf(mia, acme.organizationId),
      await rolesOf(mia, other.organizationId),
    ]).toEqual([false, 0, 1]);
    const kept = await world.one(
      "select active, customer_role from site_account where account_id = $1",
      mia.accountId,
    );
    expect(kept).toEqual({ active: true, customer_role: true });
    expect((await world.letters(mia.email)).at(-1)?.subject).toBe("Acme agreed to close your account");
    expect(await mia.client.query("{ viewer { closing { state } } }")).toEqual({
      viewer: { closing: { state: "PENDING" } },
    });
    await world.decide(other.admin, second, "approve");
    expect(await isClosed(mia)).toBe(true);
    expect(await auditOf("account.close", mia)).toEqual(["Other by admin@other.example"]);
    expect(await auditOf("account.approve_closing", mia)).toEqual([
      "Acme by admin@acme.example",
      "Other by admin@other.example",
    ]);
  });

  it("stays for those that did not agree, and ends the request", async () => {
    const { acme, other } = world;
    const mia = await both();
    const { [acme.organizationId]: first = "", [other.organizationId]: second = "" } = await world.asked(mia);
    await world.decide(other.admin, second, "decline", "Still needed here");
    expect(await world.decide(acme.admin, first, "approve")).toMatchObject({
      code: "ALREADY_DONE",
      message: "The request was ended before.",
    });
    expect([await rolesOf(mia, acme.organizationId), await rolesOf(mia, other.organizationId)]).toEqual([
      1, 1,
    ]);
  });

  it("asks an organization that came after asking as well", async () => {
    const { acme, other } = world;
    const mia = await member();
    const { [acme.organizationId]: first = "" } = await world.asked(mia);
    await world.server.pool.query(
      "insert into role_assignment (account_id, role, organization_id) values ($1, 'MEMBER', $2)",
      [mia.accountId, other.organizationId],
    );
    await world.decide(acme.admin, first, "approve");
    expect(await isClosed(mia)).toBe(false);
    const waiting = await other.admin.query<{
      myWork: { closingRequests: { id: string; account: { email: string } }[] };
    }>("{ myWork { closingRequests { id account { email } } } }");
    const second = waiting.myWork.closingRequests.find(({ account }) => account.email === mia.email);
    await world.decide(other.admin, second?.id ?? "", "approve");
    expect(await isClosed(mia)).toBe(true);
  });

  it("is closed by the organization that manages its address alone, and the others' logs name nobody", async () => {
    const { acme, other } = world;
    await world.server.pool.query(
      "insert into claimed_domain (domain, organization_id) values ('managed.example', $1)",
      [acme.organizationId],
    );
    const mia = await world.signedIn(
      [{ role: "MEMBER", organizationId: other.organizationId }],
      "mia@managed.example",
    );
    const requests = await world.asked(mia);
    expect(Object.keys(requests)).toEqual([acme.organizationId]);
    await world.decide(acme.admin, requests[acme.organizationId] ?? "", "approve");
    expect([await isClosed(mia), await rolesOf(mia, other.organizationId)]).toEqual([true, 0]);
    expect(await auditOf("account.close", mia)).toEqual(["Acme by admin@acme.example", "Other by nobody"]);
  });

  it("is not taken from an organization whose last admin it is, whoever manages the address", async () => {
    const { acme } = world;
    const organization = await world.one<{ id: string }>(
      "insert into organization (name, distribution_list_words, bot_words) values ('Secret Works', '{}', '{}') returning id",
    );
    const organizationId = organization?.id ?? "";
    const grant = { role: "ORGANIZATION_ADMIN" as const, organizationId };
    const ann = await world.signedIn([grant], "ann@managed.example");
    const bob = await world.signedIn([grant]);
    const { [acme.organizationId]: id = "" } = await world.asked(ann);
    await world.server.pool.query("update role_assignment set role = 'MEMBER' where account_id = $1", [
      bob.accountId,
    ]);
    const refused = await world.decide(acme.admin, id, "approve");
    expect(refused).toMatchObject({ code: "INVALID_STATE" });
    expect(refused.message).toContain("something in another organization");
    expect(refused.message).not.toContain("Secret Works");
    expect(await isClosed(ann)).toBe(false);
  });
});

describe("an account of no organization", () => {
  const fork = (): EntityManager => world.server.database.orm.em.fork() as EntityManager;

  it("is closed by whoever runs the server", async () => {
    const lone = await world.signedIn();
    expect(await world.asked(lone)).toEqual({});
    const own = await lone.client.query("{ viewer { closingOutlook { organizations deciders } } }");
    expect(own).toEqual({ viewer: { closingOutlook: { organizations: [], deciders: [] } } });
    expect(await decideAsOperator(fork(), world.services.outbox, lone.email, "Who are you?")).toBeUndefined();
    expect((await world.letters(lone.email)).at(-1)?.text).toContain("Their words: Who are you?");
    await world.asked(lone);
    expect(await decideAsOperator(fork(), world.services.outbox, lone.email, null)).toBeUndefined();
    expect(await isClosed(lone)).toBe(true);
    expect(await decideAsOperator(fork(), world.services.outbox, lone.email, null)).toMatchObject({
      code: "INVALID_STATE",
    });
  });

  it("is the only one that is", async () => {
    const mia = await member();
    await world.asked(mia);
    expect(await decideAsOperator(fork(), world.services.outbox, mia.email, null)).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: ["Admins of Acme"],
    });
    expect(await isClosed(mia)).toBe(false);
  });
});
