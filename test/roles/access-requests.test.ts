import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePortalCustomer } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import type { Caller } from "../kit/schema-caller.ts";
import { change, openRolesWorld, type Answer, type RolesWorld } from "./roles-world.ts";

let roles: RolesWorld;
let admin: Caller;
let siteAdmin: Caller;

beforeAll(async () => {
  roles = await openRolesWorld();
  const { organizationId, site } = roles;
  admin = await roles.person("ann", [{ role: "ORGANIZATION_ADMIN", organizationId }]);
  siteAdmin = await roles.person("sid", [{ role: "SITE_ADMIN", organizationId, siteId: site.id }]);
});
afterAll(() => roles.close());

let asked = 0;
async function member(): Promise<Caller> {
  asked += 1;
  return roles.person(`mia${asked}`, [{ role: "MEMBER", organizationId: roles.organizationId }]);
}
const ask = (caller: Caller, input: object = {}): Promise<Answer> =>
  change(caller, "requestAccess", {
    wish: "SITE_ADMIN",
    siteId: roles.site.id,
    reason: "I run the help desk",
    ...input,
  });
const idOf = (answer: Answer): string => (answer.request as { id: string } | undefined)?.id ?? "";
const inbox = async (caller: Caller): Promise<string[]> => {
  const { myWork } = await caller.data<{ myWork: { accessRequests: { id: string }[] } }>(
    "{ myWork { accessRequests { id viewerCanDecide } } }",
  );
  return myWork.accessRequests.map(({ id }) => id);
};

describe("asking for access", () => {
  it("reaches the site's admins in My work and by mail, and nobody else", async () => {
    const mia = await member();
    const id = idOf(await ask(mia));
    expect(await inbox(siteAdmin)).toContain(id);
    expect(await inbox(admin)).toContain(id);
    expect(await inbox(mia)).toEqual([]);
    const mails = await query(
      roles.world.em,
      "select to_address, subject from mail_outbox where purpose = 'access_request.created' and about like $1 order by 1",
      [`${id}%`],
    );
    const subject = "mia1 asks for the site admin role of Acme Help";
    expect(mails).toEqual([
      { to_address: "ann@acme.example", subject },
      { to_address: "sid@acme.example", subject },
    ]);
    const own = await mia.data("{ viewer { accessRequests { wish state site { name } } } }");
    expect(own).toEqual({
      viewer: { accessRequests: [{ wish: "SITE_ADMIN", state: "PENDING", site: { name: "Acme Help" } }] },
    });
    expect(await ask(mia)).toMatchObject({ code: "ALREADY_EXISTS" });
  });

  it("is refused for what one has, and without a reason", async () => {
    expect(await ask(siteAdmin)).toMatchObject({ code: "ALREADY_DONE" });
    expect(await ask(admin)).toMatchObject({ code: "ALREADY_DONE" });
    expect(await ask(await member(), { reason: " " })).toMatchObject({
      code: "INVALID_INPUT",
      field: "reason",
    });
    expect(await ask(await member(), { reason: "x".repeat(501) })).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("can be taken back by whoever asked alone", async () => {
    const [mia, other] = [await member(), await member()];
    const requestId = idOf(await ask(mia));
    const document = `mutation W($input: WithdrawAccessRequestInput!) { withdrawAccessRequest(input: $input) { __typename } }`;
    expect(await other.errorCodes(document, { input: { requestId } })).toEqual(["NOT_FOUND"]);
    expect(await change(mia, "withdrawAccessRequest", { requestId })).toMatchObject({
      request: { state: "WITHDRAWN" },
    });
    expect(await change(siteAdmin, "approveAccessRequest", { requestId })).toMatchObject({
      code: "ALREADY_DONE",
    });
    expect(await roles.rolesOf(mia.accountId)).toEqual(["MEMBER"]);
  });
});

describe("deciding", () => {
  it("to approve gives the role, tells the asker, and keeps who could have decided", async () => {
    const mia = await member();
    const requestId = idOf(await ask(mia));
    const answer = await change(siteAdmin, "approveAccessRequest", { requestId });
    expect(answer).toMatchObject({
      request: { state: "APPROVED", decidedBy: { email: "sid@acme.example" } },
    });
    expect(await roles.rolesOf(mia.accountId)).toEqual(["MEMBER", "SITE_ADMIN"]);
    const [row] = await query<{ deciders: string[] }>(
      roles.world.em,
      "select deciders from access_request where id = $1",
      [requestId],
    );
    expect(row?.deciders.toSorted()).toEqual([siteAdmin.accountId, admin.accountId].toSorted());
    const [mail] = await query(
      roles.world.em,
      "select subject from mail_outbox where purpose = 'access_request.decided' and about = $1",
      [requestId],
    );
    expect(mail).toEqual({ subject: "You have the site admin role of Acme Help" });
    await query(roles.world.em, "delete from role_assignment where account_id = $1", [mia.accountId]);
  });

  it("to decline needs a reason, which the asker reads", async () => {
    const mia = await member();
    const requestId = idOf(await ask(mia));
    expect(await change(admin, "declineAccessRequest", { requestId, reason: " " })).toMatchObject({
      code: "INVALID_INPUT",
      field: "reason",
    });
    const reason = "Three admins are enough";
    expect(await change(admin, "declineAccessRequest", { requestId, reason })).toMatchObject({
      request: { state: "DECLINED", decisionReason: reason },
    });
    expect(await roles.rolesOf(mia.accountId)).toEqual(["MEMBER"]);
    // They may ask again.
    expect((await ask(mia)).__typename).toBe("AccessRequestResult");
  });

  it("is done once by two who decide at the same moment, ten times out of ten", async () => {
    for (let round = 0; round < 10; round += 1) {
      const mia = await member();
      const requestId = idOf(await ask(mia));
      const answers = await Promise.all([
        change(siteAdmin, "approveAccessRequest", { requestId }),
        change(admin, "declineAccessRequest", { requestId, reason: "no" }),
      ]);
      const codes = answers.map(({ code }) => code ?? "done");
      expect(codes.toSorted()).toEqual(["ALREADY_DONE", "done"]);
      const held = await roles.rolesOf(mia.accountId);
      expect(held).toEqual(codes[0] === "done" ? ["MEMBER", "SITE_ADMIN"] : ["MEMBER"]);
      expect(answers.find(({ code }) => code !== undefined)?.message).toMatch(
        /^The request was (approved|declined) by (sid|ann) \(/,
      );
      await query(roles.world.em, "delete from role_assignment where account_id = $1", [mia.accountId]);
    }
  });

  it("is refused to an admin who lost the right after opening the page", async () => {
    const { organizationId, site } = roles;
    const mia = await member();
    const requestId = idOf(await ask(mia));
    const former = await roles.person("fay", [
      { role: "SITE_ADMIN", organizationId, siteId: site.id },
      { role: "MEMBER", organizationId },
    ]);
    await query(roles.world.em, "delete from role_assignment where account_id = $1 and role = 'SITE_ADMIN'", [
      former.accountId,
    ]);
    const answer = await change(former, "approveAccessRequest", { requestId });
    expect(answer).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: ["sid (sid@acme.example)", "ann (ann@acme.example)"],
    });
    expect(await roles.rolesOf(mia.accountId)).toEqual(["MEMBER"]);
  });

  it("is over when the asker has left the organization", async () => {
    const mia = await member();
    const requestId = idOf(await ask(mia));
    const [role] = await query<{ id: string }>(
      roles.world.em,
      "select id from role_assignment where account_id = $1",
      [mia.accountId],
    );
    await change(admin, "revokeRole", { roleId: role?.id });
    expect(await change(siteAdmin, "approveAccessRequest", { requestId })).toMatchObject({
      code: "ALREADY_DONE",
      message: "The request was withdrawn before.",
    });
  });

  it("about a product is its owner's", async () => {
    const { organizationId, productId } = roles;
    const owner = await roles.person("owen", [{ role: "PRODUCT_OWNER", organizationId, productId }]);
    const mia = await member();
    const requestId = idOf(await ask(mia, { wish: "PRODUCT_ADMIN", siteId: null, productId }));
    expect(await inbox(owner)).toEqual([requestId]);
    expect(await inbox(siteAdmin)).not.toContain(requestId);
    expect(await change(siteAdmin, "approveAccessRequest", { requestId })).toMatchObject({
      code: "NOT_PERMITTED",
    });
    await change(owner, "approveAccessRequest", { requestId });
    expect(await roles.rolesOf(mia.accountId)).toEqual(["MEMBER", "PRODUCT_ADMIN"]);
  });
});

describe("access to a site", () => {
  const presenceOf = (accountId: string): Promise<object[]> =>
    query(
      roles.world.em,
      "select active, customer_role from site_account where site_id = $1 and account_id = $2",
      [roles.site.id, accountId],
    );

  it("puts the account on the site, without the Customer role", async () => {
    const mia = await member();
    const requestId = idOf(await ask(mia, { wish: "SITE_ACCESS" }));
    await change(siteAdmin, "approveAccessRequest", { requestId });
    expect(await presenceOf(mia.accountId)).toEqual([{ active: true, customer_role: false }]);
    expect(await roles.rolesOf(mia.accountId)).toEqual(["MEMBER"]);
    expect(await ask(mia, { wish: "SITE_ACCESS" })).toMatchObject({ code: "ALREADY_DONE" });
  });

  it("is not given where it would cut somebody off from their portal-only requests", async () => {
    const mia = await member();
    await makePortalCustomer(roles.world.em, roles.site.id, { email: mia.actor?.email });
    const requestId = idOf(await ask(mia, { wish: "SITE_ACCESS" }));
    expect(await change(siteAdmin, "approveAccessRequest", { requestId })).toMatchObject({
      code: "INVALID_STATE",
    });
    expect(await presenceOf(mia.accountId)).toEqual([]);
    expect(await inbox(siteAdmin)).toContain(requestId);
  });
});
