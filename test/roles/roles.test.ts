import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeOrganization } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import type { Caller } from "../kit/schema-caller.ts";
import { change, openRolesWorld, type RolesWorld } from "./roles-world.ts";

let roles: RolesWorld;
let admin: Caller;
let siteAdmin: Caller;
let member: Caller;

beforeAll(async () => {
  roles = await openRolesWorld();
  const { organizationId, site } = roles;
  admin = await roles.person("ann", [{ role: "ORGANIZATION_ADMIN", organizationId }]);
  siteAdmin = await roles.person("sid", [{ role: "SITE_ADMIN", organizationId, siteId: site.id }]);
  member = await roles.person("mia", [{ role: "MEMBER", organizationId }]);
});
afterAll(() => roles.close());

async function roleIdOf(accountId: string, role: string): Promise<string> {
  const rows = await query<{ id: string }>(
    roles.world.em,
    "select id from role_assignment where account_id = $1 and role = $2",
    [accountId, role],
  );
  return rows[0]?.id ?? "";
}

describe("granting a role", () => {
  it("gives it to somebody of the organization, with an audit entry", async () => {
    const { organizationId, site } = roles;
    const answer = await change(siteAdmin, "grantRole", {
      organizationId,
      accountId: member.accountId,
      role: "SITE_ADMIN",
      siteId: site.id,
    });
    expect(answer).toMatchObject({
      person: { id: member.accountId, roles: [{ role: "MEMBER" }, { role: "SITE_ADMIN" }] },
    });
    expect(await roles.auditOf("role.grant")).toMatchObject([
      {
        actor_account_id: siteAdmin.accountId,
        subject_id: member.accountId,
        summary: "sid (sid@acme.example) made mia@acme.example site admin of Acme Help",
      },
    ]);
    const twice = await change(siteAdmin, "grantRole", {
      organizationId,
      accountId: member.accountId,
      role: "SITE_ADMIN",
      siteId: site.id,
    });
    expect(twice).toMatchObject({ code: "ALREADY_DONE" });
    await change(admin, "revokeRole", { roleId: await roleIdOf(member.accountId, "SITE_ADMIN") });
  });

  it("is refused to whoever may not, naming who can", async () => {
    const { organizationId, site } = roles;
    const input = { organizationId, accountId: siteAdmin.accountId };
    expect(
      await change(member, "grantRole", { ...input, role: "SITE_ADMIN", siteId: site.id }),
    ).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: ["sid (sid@acme.example)", "ann (ann@acme.example)"],
    });
    expect(await change(siteAdmin, "grantRole", { ...input, role: "ORGANIZATION_ADMIN" })).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: ["ann (ann@acme.example)"],
    });
  });

  it("finds nobody outside the organization, and no site of another one", async () => {
    const { organizationId, world } = roles;
    const stranger = await world.person();
    const codes = (role: string, input: object): Promise<unknown[]> =>
      admin.errorCodes(`mutation M($input: GrantRoleInput!) { grantRole(input: $input) { __typename } }`, {
        input: { organizationId, role, ...input },
      });
    expect(await codes("MEMBER", { accountId: stranger.accountId })).toEqual(["NOT_FOUND"]);
    const foreign = await query<{ id: string }>(
      world.em,
      "insert into site (organization_id, name, url_name) values ($1, 'Foreign', 'foreign') returning id",
      [(await makeOrganization(world.em)).id],
    );
    expect(await codes("SITE_ADMIN", { accountId: member.accountId, siteId: foreign[0]?.id })).toEqual([
      "NOT_FOUND",
    ]);
  });

  it("needs the site or product that the role is about", async () => {
    const { organizationId } = roles;
    const input = { organizationId, accountId: member.accountId };
    expect(await change(admin, "grantRole", { ...input, role: "SITE_ADMIN" })).toMatchObject({
      code: "INVALID_INPUT",
      field: "siteId",
    });
    expect(await change(admin, "grantRole", { ...input, role: "PRODUCT_ADMIN" })).toMatchObject({
      code: "INVALID_INPUT",
      field: "productId",
    });
  });

  it("is done once for a key sent twice", async () => {
    const { organizationId, productId } = roles;
    const input = {
      organizationId,
      accountId: member.accountId,
      role: "PRODUCT_ADMIN",
      productId,
      idempotencyKey: "the same key twice",
    };
    const first = await change(admin, "grantRole", input);
    expect(await change(admin, "grantRole", input)).toEqual(first);
    expect(await roles.rolesOf(member.accountId)).toEqual(["MEMBER", "PRODUCT_ADMIN"]);
  });
});

describe("changing a role", () => {
  it("puts the other in its place in one step", async () => {
    const { site } = roles;
    const roleId = await roleIdOf(member.accountId, "PRODUCT_ADMIN");
    const answer = await change(admin, "changeRole", { roleId, role: "SITE_ADMIN", siteId: site.id });
    expect(answer.__typename).toBe("PersonRolesResult");
    expect(await roles.rolesOf(member.accountId)).toEqual(["MEMBER", "SITE_ADMIN"]);
    expect(await roles.auditOf("role.change")).toHaveLength(1);
  });

  it("needs the right over both", async () => {
    const roleId = await roleIdOf(member.accountId, "SITE_ADMIN");
    expect(await change(siteAdmin, "changeRole", { roleId, role: "ORGANIZATION_ADMIN" })).toMatchObject({
      code: "NOT_PERMITTED",
    });
    expect(await roles.rolesOf(member.accountId)).toEqual(["MEMBER", "SITE_ADMIN"]);
  });
});

describe("removing a role", () => {
  it("ends the right at once and is told to open sockets", async () => {
    const { site } = roles;
    const before = await roles.again(member);
    const canAdminister = (caller: Caller): Promise<unknown> =>
      caller.data("query S($id: ID!) { site(id: $id) { viewerCanAdminister } }", { id: site.id });
    expect(await canAdminister(before)).toEqual({ site: { viewerCanAdminister: true } });
    await change(siteAdmin, "revokeRole", { roleId: await roleIdOf(member.accountId, "SITE_ADMIN") });
    expect(await canAdminister(await roles.again(member))).toEqual({ site: { viewerCanAdminister: false } });
    // The request under way was admitted with the right; the change looks again.
    expect(
      await change(before, "inviteToRole", {
        organizationId: roles.organizationId,
        email: "x@acme.example",
        role: "SITE_ADMIN",
        siteId: site.id,
      }),
    ).toMatchObject({ code: "NOT_PERMITTED" });
  });

  it("leaves the last organization admin who can sign in, self-removal included", async () => {
    const { organizationId, world } = roles;
    const roleId = await roleIdOf(admin.accountId, "ORGANIZATION_ADMIN");
    expect(await change(admin, "revokeRole", { roleId })).toMatchObject({ code: "INVALID_STATE" });
    expect(await change(admin, "changeRole", { roleId, role: "MEMBER" })).toMatchObject({
      code: "INVALID_STATE",
    });
    // Another admin who has no way to sign in counts for nothing.
    await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]);
    expect(await change(admin, "revokeRole", { roleId })).toMatchObject({ code: "INVALID_STATE" });
    expect(await roles.rolesOf(admin.accountId)).toEqual(["ORGANIZATION_ADMIN"]);
  });

  it("lets everybody give up their own", async () => {
    const { organizationId } = roles;
    const leaver = await roles.person("lea", [{ role: "MEMBER", organizationId }]);
    const answer = await change(leaver, "revokeRole", { roleId: await roleIdOf(leaver.accountId, "MEMBER") });
    expect(answer).toMatchObject({ person: { roles: [] } });
    expect((await roles.auditOf("role.revoke")).at(-1)?.summary).toBe(
      "lea (lea@acme.example) gave up being member of Acme",
    );
  });

  it("of each other at the same moment leaves one of two admins, ten times out of ten", async () => {
    const { organizationId } = roles;
    for (let round = 0; round < 10; round += 1) {
      const pair = await Promise.all(
        ["one", "two"].map((name) =>
          roles.person(`${name}${round}`, [{ role: "ORGANIZATION_ADMIN", organizationId }]),
        ),
      );
      const ids = await Promise.all(pair.map(({ accountId }) => roleIdOf(accountId, "ORGANIZATION_ADMIN")));
      const answers = await Promise.all(
        pair.map((caller, index) =>
          change(caller, "revokeRole", { roleId: ids[1 - index] }).catch(() => null),
        ),
      );
      const done = answers.filter((answer) => answer?.__typename === "PersonRolesResult");
      expect(done).toHaveLength(1);
      const held = await Promise.all(pair.map(({ accountId }) => roles.rolesOf(accountId)));
      expect(held.flat()).toEqual(["ORGANIZATION_ADMIN"]);
      const survivor = await roles.again(pair[held.findIndex((list) => list.length > 0)] as Caller);
      await change(admin, "revokeRole", { roleId: await roleIdOf(survivor.accountId, "ORGANIZATION_ADMIN") });
    }
  });

  it("of the last two by themselves at the same moment leaves one", async () => {
    const { organizationId } = roles;
    const other = await roles.person("oda", [{ role: "ORGANIZATION_ADMIN", organizationId }]);
    const pair = [admin, other];
    const answers = await Promise.all(
      pair.map(async (caller) =>
        change(caller, "revokeRole", { roleId: await roleIdOf(caller.accountId, "ORGANIZATION_ADMIN") }),
      ),
    );
    expect(answers.map(({ code }) => code ?? "done").sort()).toEqual(["INVALID_STATE", "done"]);
    const keeper = answers[0]?.code === undefined ? other : admin;
    await query(
      roles.world.em,
      "insert into role_assignment (account_id, role, organization_id) values ($1, 'ORGANIZATION_ADMIN', $2) on conflict do nothing",
      [admin.accountId, organizationId],
    );
    expect(await roles.rolesOf(keeper.accountId)).toEqual(["ORGANIZATION_ADMIN"]);
  });
});
