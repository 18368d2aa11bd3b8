import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMigration, makeSite } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import type { Caller } from "../kit/schema-caller.ts";
import { change, openRolesWorld, type Answer, type RolesWorld } from "./roles-world.ts";

let roles: RolesWorld;
let admin: Caller;
let owner: Caller;

beforeAll(async () => {
  roles = await openRolesWorld();
  const { organizationId, productId } = roles;
  admin = await roles.person("ann", [{ role: "ORGANIZATION_ADMIN", organizationId }]);
  owner = await roles.person("owen", [{ role: "PRODUCT_OWNER", organizationId, productId }]);
});
afterAll(() => roles.close());

const offer = (caller: Caller, email: string): Promise<Answer> =>
  change(caller, "offerOwnership", { productId: roles.productId, email });
const accept = async (caller: Caller, address: string): Promise<Answer> =>
  change(caller, "acceptInvitation", { token: (await roles.linksTo(address)).at(-1) });
const withdraw = (caller: Caller, answer: Answer): Promise<Answer> =>
  change(caller, "withdrawInvitation", { invitationId: (answer.invitation as { id: string }).id });

describe("the ownership of a product", () => {
  it("passes when it is accepted: the former owner becomes product admin in the same step", async () => {
    const heir = await roles.person("hanna", [
      { role: "PRODUCT_ADMIN", organizationId: roles.organizationId, productId: roles.productId },
    ]);
    expect(await offer(owner, "hanna@acme.example")).toMatchObject({ invitation: { role: "PRODUCT_OWNER" } });
    expect(await roles.rolesOf(owner.accountId)).toEqual(["PRODUCT_OWNER"]);
    expect(await accept(heir, "hanna@acme.example")).toMatchObject({ email: "hanna@acme.example" });
    expect(await roles.rolesOf(heir.accountId)).toEqual(["PRODUCT_OWNER"]);
    expect(await roles.rolesOf(owner.accountId)).toEqual(["PRODUCT_ADMIN"]);
    expect((await roles.auditOf("ownership.transfer"))[0]?.summary).toBe(
      "hanna@acme.example accepted to be owner of Network status; owen@acme.example is product admin of it now",
    );
    const told = await query(
      roles.world.em,
      "select to_address from mail_outbox where purpose = 'ownership.passed'",
    );
    expect(told).toEqual([{ to_address: "owen@acme.example" }]);
    owner = await roles.again(heir);
  });

  it("is offered to one person at a time, and the offer can be withdrawn", async () => {
    const first = await offer(owner, "one@acme.example");
    expect(first.__typename).toBe("InvitationResult");
    expect(await offer(owner, "two@acme.example")).toMatchObject({ code: "ALREADY_EXISTS" });
    const shown = await owner.data(
      `query P($id: ID!) { organization(id: $id) { products { name viewerCanTransfer owner { account { name } }
        ownershipOffer { email } } } }`,
      { id: roles.organizationId },
    );
    expect(shown).toEqual({
      organization: {
        products: [
          {
            name: "Network status",
            viewerCanTransfer: true,
            owner: { account: { name: "hanna" } },
            ownershipOffer: { email: "one@acme.example" },
          },
        ],
      },
    });
    await withdraw(owner, first);
    const second = await offer(owner, "two@acme.example");
    expect(second.__typename).toBe("InvitationResult");
    await withdraw(owner, second);
  });

  it("is offered by its owner and organization admins alone", async () => {
    const { organizationId } = roles;
    const member = await roles.person("mia", [{ role: "MEMBER", organizationId }]);
    expect(await offer(member, "mia@acme.example")).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: ["hanna (hanna@acme.example)", "ann (ann@acme.example)"],
    });
    await withdraw(admin, await offer(admin, "mia@acme.example"));
  });

  it("is not taken away, given beside, or offered to who has it", async () => {
    const { organizationId, productId } = roles;
    const [held] = await query<{ id: string }>(
      roles.world.em,
      "select id from role_assignment where role = 'PRODUCT_OWNER' and product_id = $1",
      [productId],
    );
    expect(await change(admin, "revokeRole", { roleId: held?.id })).toMatchObject({ code: "INVALID_STATE" });
    expect(await change(owner, "revokeRole", { roleId: held?.id })).toMatchObject({ code: "INVALID_STATE" });
    expect(await change(admin, "changeRole", { roleId: held?.id, role: "MEMBER" })).toMatchObject({
      code: "INVALID_STATE",
    });
    const grant = { organizationId, accountId: owner.accountId, role: "PRODUCT_OWNER", productId };
    expect(await change(admin, "grantRole", grant)).toMatchObject({ code: "INVALID_STATE" });
    expect(await offer(owner, "hanna@acme.example")).toMatchObject({ code: "ALREADY_DONE" });
  });

  it("stays while a migration of the product runs, also when the offer is older", async () => {
    const { organizationId, productId, world } = roles;
    const heir = await roles.person("hugo");
    const site = await makeSite(world.em, { organizationId });
    await query(world.em, "update product set site_id = $1 where id = $2", [site.id, productId]);
    await offer(owner, "hugo@acme.example");
    const destination = await makeSite(world.em, { organizationId });
    const { id } = await makeMigration(world.em, { source: site, destination }, { state: "RUNNING" });
    const refusal = await accept(heir, "hugo@acme.example");
    expect(refusal).toMatchObject({ code: "INVALID_STATE" });
    expect(refusal.message).toMatch(/^MR-\d+ moves the people of this product/);
    expect(await offer(owner, "late@acme.example")).toMatchObject({ code: "INVALID_STATE" });
    await query(world.em, "delete from migration where id = $1", [id]);
    expect(await accept(heir, "hugo@acme.example")).toMatchObject({ email: "hugo@acme.example" });
    expect(await roles.rolesOf(heir.accountId)).toEqual(["PRODUCT_OWNER"]);
  });

  it("cannot have two owners, whatever writes them", async () => {
    const { organizationId, productId, world } = roles;
    const second = query(
      world.em,
      `insert into role_assignment (account_id, role, organization_id, product_id) values ($1, 'PRODUCT_OWNER', $2, $3)`,
      [admin.accountId, organizationId, productId],
    );
    await expect(second).rejects.toThrow("role_assignment_owner_key");
  });
});
