import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "../kit/query.ts";
import type { Caller } from "../kit/schema-caller.ts";
import { idOf, openInvitationWorld, type InvitationWorld } from "./invitation-world.ts";
import { change, type Answer, type RolesWorld } from "./roles-world.ts";

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

describe("an invitation", () => {
  it("goes out by mail, waits in the list, and gives the role once it is accepted", async () => {
    const { organizationId, site } = roles;
    const answer = await invite(siteAdmin, "  Nora@ACME.example ");
    expect(answer).toMatchObject({
      invitation: { email: "nora@acme.example", role: "SITE_ADMIN", generation: 1, expired: false },
    });
    const list = await siteAdmin.data<{ invitations: { edges: object[] } }>(
      `query I($id: ID!, $site: ID) { invitations(organizationId: $id, siteId: $site) {
        edges { node { email site { name } invitedBy { name } viewerCanChange } } } }`,
      { id: organizationId, site: site.id },
    );
    expect(list.invitations.edges).toEqual([
      {
        node: {
          email: "nora@acme.example",
          site: { name: "Acme Help" },
          invitedBy: { name: "sid" },
          viewerCanChange: true,
        },
      },
    ]);
    const nora = await roles.person("nora");
    const pending = await nora.data("{ viewer { invitations { role organizationName placeName inviter } } }");
    expect(pending).toEqual({
      viewer: {
        invitations: [
          {
            role: "SITE_ADMIN",
            organizationName: "Acme",
            placeName: "Acme Help",
            inviter: "sid (sid@acme.example)",
          },
        ],
      },
    });
    expect(await accept(nora, await newestLink("nora@acme.example"))).toEqual({
      __typename: "AnsweredInvitation",
      email: "nora@acme.example",
      organizationId,
    });
    expect(await roles.rolesOf(nora.accountId)).toEqual(["SITE_ADMIN"]);
    expect(await roles.auditOf("invitation.accept")).toMatchObject([
      {
        actor_account_id: nora.accountId,
        summary: "nora@acme.example accepted to be site admin of Acme Help",
      },
    ]);
    const told = await query(
      roles.world.em,
      "select subject from mail_outbox where purpose = 'invitation.settled' and to_address = 'sid@acme.example'",
    );
    expect(told).toEqual([{ subject: "nora@acme.example accepted being site admin of Acme Help" }]);
  });

  it("is the same to the byte and in statements for an address with an account and one without", async () => {
    await roles.person("known");
    let [known, unknown]: (Answer | undefined)[] = [];
    const forKnown = await roles.world.countStatements(async () => {
      known = await invite(admin, "known@acme.example");
    });
    const forUnknown = await roles.world.countStatements(async () => {
      unknown = await invite(admin, "nobody@acme.example");
    });
    expect(forKnown).toBe(forUnknown);
    const plain = (answer: Answer | undefined): string =>
      JSON.stringify(answer)
        .replaceAll(idOf(answer as Answer), "<id>")
        .replace(/(known|nobody)@/, "<who>@");
    expect(plain(known)).toBe(plain(unknown));
    const mails = await query<{ row: string }>(
      roles.world.em,
      `select concat_ws(' ', purpose, generation, organization_id, coalesce(account_id::text, 'none'), subject, length(body)) as row
       from mail_outbox where to_address in ('known@acme.example', 'nobody@acme.example')`,
    );
    const rows = mails.map(({ row }) => row.replace(/\d+$/, ""));
    expect(rows[0]).toBe(rows[1]);
  });

  it.each([
    ["no address", "not an address", "INVALID_INPUT"],
    ["a distribution list", "team@acme.example", "INVALID_INPUT"],
    ["a bot", "noreply@acme.example", "INVALID_INPUT"],
    ["somebody who has the role", "sid@acme.example", "ALREADY_DONE"],
    ["somebody invited already", "known@acme.example", "ALREADY_EXISTS"],
  ])("is refused for %s", async (_what, email, code) => {
    expect(await invite(admin, email)).toMatchObject({ code });
  });

  it("to a role that is not one's own to give is refused with who can", async () => {
    expect(await invite(siteAdmin, "x@acme.example", { role: "MEMBER" })).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: ["ann (ann@acme.example)"],
    });
  });

  it("keeps its link out of every row that can be read", async () => {
    const link = await newestLink("known@acme.example");
    const rows = await query<{ row: string }>(
      roles.world.em,
      `select m::text as row from mail_outbox m union all select p::text from email_proof p
       union all select i::text from role_invitation i union all select a::text from audit_entry a`,
    );
    expect(link).toHaveLength(43);
    expect(rows.some(({ row }) => row.includes(link))).toBe(false);
  });
});

describe("declining", () => {
  it("is for the invited address alone, ends the link and tells the inviter", async () => {
    const answer = await invite(admin, "dora@acme.example");
    const [dora, other] = [await roles.person("dora"), await roles.person("olga")];
    const document = `mutation D($input: InvitationInput!) { declineInvitation(input: $input) { __typename } }`;
    const input = { invitationId: idOf(answer) };
    expect(await other.errorCodes(document, { input })).toEqual(["NOT_FOUND"]);
    expect(await change(dora, "declineInvitation", input)).toMatchObject({ email: "dora@acme.example" });
    expect(await accept(dora, await newestLink("dora@acme.example"))).toMatchObject({
      code: "INVALID_INPUT",
    });
    const told = await query(
      roles.world.em,
      "select subject from mail_outbox where purpose = 'invitation.settled' and about = $1",
      [input.invitationId],
    );
    expect(told).toEqual([{ subject: "dora@acme.example declined being site admin of Acme Help" }]);
  });
});
