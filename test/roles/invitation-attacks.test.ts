import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "../kit/query.ts";
import type { Caller } from "../kit/schema-caller.ts";
import { idOf, openInvitationWorld, type InvitationWorld } from "./invitation-world.ts";
import { change, type RolesWorld } from "./roles-world.ts";

let world: InvitationWorld;
let roles: RolesWorld;
let admin: Caller;
let siteAdmin: Caller;

beforeAll(async () => {
  world = await openInvitationWorld();
  ({ roles, admin, siteAdmin } = world);
});
afterAll(() => roles?.close());

const invite: InvitationWorld["invite"] = (...parameters) => world.invite(...parameters);
const accept: InvitationWorld["accept"] = (...parameters) => world.accept(...parameters);
const newestLink: InvitationWorld["newestLink"] = (address) => world.newestLink(address);

describe("accepting is refused", () => {
  const dead = { code: "INVALID_INPUT", field: "token" };

  it("to another account, which is told whom it is for", async () => {
    await invite(admin, "vera@acme.example");
    const other = await roles.person("otto");
    const token = await newestLink("vera@acme.example");
    const answer = await accept(other, token);
    expect(answer).toMatchObject({ code: "NOT_PERMITTED", whoCanGrant: ["ann (ann@acme.example)"] });
    expect(answer.message).toContain("is for vera@acme.example, and you are signed in as otto@acme.example");
    expect(await roles.rolesOf(other.accountId)).toEqual([]);
    // The link was not used up by that.
    expect(await accept(await roles.person("vera"), token)).toMatchObject({ email: "vera@acme.example" });
  });

  it("a second time, by one click after the other or both at once", async () => {
    await invite(admin, "twice@acme.example");
    const twice = await roles.person("twice");
    const token = await newestLink("twice@acme.example");
    const answers = await Promise.all([accept(twice, token), accept(twice, token), accept(twice, token)]);
    expect(answers.map(({ code }) => code ?? "accepted").sort()).toEqual([
      "INVALID_INPUT",
      "INVALID_INPUT",
      "accepted",
    ]);
    expect(await accept(twice, token)).toMatchObject(dead);
    expect(await roles.rolesOf(twice.accountId)).toEqual(["SITE_ADMIN"]);
  });

  it("with the link of an older mail", async () => {
    const answer = await invite(admin, "again@acme.example");
    const again = await roles.person("again");
    const older = await newestLink("again@acme.example");
    const resent = await change(siteAdmin, "resendInvitation", { invitationId: idOf(answer) });
    expect(resent).toMatchObject({ invitation: { generation: 2 } });
    expect(await accept(again, older)).toMatchObject(dead);
    expect(await accept(again, await newestLink("again@acme.example"))).toMatchObject({
      email: "again@acme.example",
    });
  });

  it("after it was withdrawn", async () => {
    const answer = await invite(admin, "gone@acme.example");
    const token = await newestLink("gone@acme.example");
    expect(await change(siteAdmin, "withdrawInvitation", { invitationId: idOf(answer) })).toEqual({
      __typename: "InvitationResult",
      invitation: null,
    });
    expect(await accept(await roles.person("gone"), token)).toMatchObject(dead);
    expect(await change(siteAdmin, "withdrawInvitation", { invitationId: idOf(answer) })).toMatchObject({
      code: "ALREADY_DONE",
    });
  });

  it("after 72 hours, until it is sent again", async () => {
    const answer = await invite(admin, "late@acme.example");
    const token = await newestLink("late@acme.example");
    await query(
      roles.world.em,
      `with aged as (update email_proof set created_at = created_at - interval '73 hours', expires_at = expires_at - interval '73 hours'
         where email = 'late@acme.example')
       update role_invitation set sent_at = sent_at - interval '73 hours', expires_at = expires_at - interval '73 hours'
       where email = 'late@acme.example'`,
    );
    const late = await roles.person("late");
    expect(await accept(late, token)).toMatchObject(dead);
    await change(admin, "resendInvitation", { invitationId: idOf(answer) });
    expect(await accept(late, await newestLink("late@acme.example"))).toMatchObject({
      email: "late@acme.example",
    });
  });

  it("when whoever sent it may no longer give the role", async () => {
    const { organizationId, site } = roles;
    const fired = await roles.person("fred", [{ role: "SITE_ADMIN", organizationId, siteId: site.id }]);
    const answer = await invite(fired, "alter@acme.example");
    await query(roles.world.em, "delete from role_assignment where account_id = $1", [fired.accountId]);
    const alter = await roles.person("alter");
    const token = await newestLink("alter@acme.example");
    const refusal = await accept(alter, token);
    expect(refusal).toMatchObject({ code: "NOT_PERMITTED" });
    expect(refusal.whoCanGrant).toContain("ann (ann@acme.example)");
    expect(await roles.rolesOf(alter.accountId)).toEqual([]);
    // Somebody who may answers for it by sending it again.
    await change(admin, "resendInvitation", { invitationId: idOf(answer) });
    expect(await accept(alter, await newestLink("alter@acme.example"))).toMatchObject({
      email: "alter@acme.example",
    });
  });

  it("with the link of something else, and with none", async () => {
    const caller = await roles.person("nemo");
    expect(await accept(caller, "x".repeat(43))).toMatchObject(dead);
    expect(await accept(caller, "")).toMatchObject(dead);
  });

  it("while nobody has proven the address: the password may be somebody else's", async () => {
    await invite(admin, "victim@acme.example");
    const victim = await roles.person("victim");
    await query(roles.world.em, "update account set proved_at = null where id = $1", [victim.accountId]);
    const answer = await accept(victim, await newestLink("victim@acme.example"));
    expect(answer).toMatchObject({ code: "INVALID_STATE" });
    expect(await roles.rolesOf(victim.accountId)).toEqual([]);
    // Nor does whoever signed in see or decline what came to the address.
    expect(await victim.data("{ viewer { invitations { id } } }")).toEqual({ viewer: { invitations: [] } });
    const [waiting] = await query<{ id: string }>(
      roles.world.em,
      "select id from role_invitation where email = 'victim@acme.example'",
    );
    const document = `mutation D($input: InvitationInput!) { declineInvitation(input: $input) { __typename } }`;
    expect(await victim.errorCodes(document, { input: { invitationId: waiting?.id } })).toEqual([
      "NOT_FOUND",
    ]);
  });
});
