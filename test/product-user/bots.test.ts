import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPasswordHash } from "../../packages/server/src/modules/product-user/sealed-hash.ts";
import { csv } from "../import/upload-desk.ts";
import { testServices } from "../kit/services.ts";
import { botHeader, change, findShared, giveBots, verify } from "./bot-acts.ts";
import {
  findUser,
  giveUsers,
  openProductWorld,
  readProduct,
  readUsers,
  type ProductWorld,
} from "./product-world.ts";
import { bcrypt } from "./user-files.ts";

let at: ProductWorld;
beforeAll(async () => {
  at = await openProductWorld();
  await giveUsers(
    at.stranger.admin,
    at.strangerProduct,
    csv(botHeader, "alone@acme.example,bot,,,", "new@strange.example,bot,,,"),
  );
});
afterAll(() => at?.stop());
beforeEach(() => giveBots(at));

const shared = () => findShared(at);

describe("a bot with a password whose address other products of the organization know", () => {
  it("is flagged with its remedies, and nobody else is", async () => {
    const users = await readUsers(at.owner, at.status);
    expect(users.filter(({ flag }) => flag !== null)).toMatchObject([
      {
        email: "shared@acme.example",
        flag: {
          reason:
            "This bot signs in with a password, and its address has logins on one more product of the organization: nobody can tell whose it is.",
          products: ["On-call"],
          remedies: ["MAKE_UNIQUE", "VERIFY_EMAIL", "SERVICE_ACCOUNT"],
        },
      },
    ]);
    expect(await readUsers(at.owner, at.status, { flagged: true })).toHaveLength(1);
    expect(await readUsers(at.owner, at.status, { flagged: false })).toHaveLength(4);
    expect((await readProduct(at.owner, at.status))?.userCounts).toEqual({
      total: 5,
      active: 5,
      bots: 4,
      distributionLists: 0,
      linked: 0,
      flagged: 1,
    });
    // The login there is a person's: nothing is to be done about it.
    expect(await readUsers(at.world.admin, at.onCall, { flagged: true })).toEqual([]);
  });

  it("is told of before the file is applied", async () => {
    const response = await at.owner.upload(
      { productId: at.status },
      csv(botHeader, "elsewhere@acme.example,bot,,,", "token@acme.example,,,,"),
    );
    const { importFile } = (await response.json()) as { importFile: { id: string } };
    const shown = await at.owner.query<{
      importFile: {
        effects: { productUsers: { flaggedBots: number } };
        rows: { edges: { node: { warning: string | null } }[] };
      };
    }>(
      "query Told($id: ID!) { importFile(id: $id) { effects { productUsers { flaggedBots } } rows { edges { node { warning } } } } }",
      { id: importFile.id },
    );
    expect(shown.importFile.effects.productUsers.flaggedBots).toBe(1);
    expect(shown.importFile.rows.edges.map(({ node }) => node.warning)).toEqual([
      "This bot signs in with a password, and its address has logins on On-call, too: it will be flagged until it has an address of its own or somebody confirms this one.",
      null,
    ]);
  });
});

describe("making it unique", () => {
  it.each(["owner", "productAdmin", "admin"] as const)(
    "is for the %s, who gives it another address",
    async (who) => {
      const client = who === "admin" ? at.world.admin : at[who];
      const { id } = await shared();
      const answer = await change(client, id, " Unique@ACME.example ");
      expect(answer).toMatchObject({
        __typename: "ProductUserAnswer",
        productUser: { id, email: "unique@acme.example", flag: null },
      });
      expect((await readProduct(at.owner, at.status))?.userCounts?.flagged).toBe(0);
      const { rows } = await at.server.pool.query<{ summary: string; before: unknown; after: unknown }>(
        "select summary, before, after from audit_entry where action = 'product_user.change_email' and subject_id = $1",
        [id],
      );
      expect(rows).toMatchObject([
        {
          summary: expect.stringContaining(
            "gave the bot shared@acme.example of Status the address unique@acme.example",
          ) as string,
          before: { email: "shared@acme.example" },
          after: { email: "unique@acme.example" },
        },
      ]);
      // The hash moved with the login, sealed anew.
      const [row] = (
        await at.server.pool.query<{ sealed: Buffer }>(
          "select sealed_password_hash as sealed from product_user where id = $1",
          [id],
        )
      ).rows;
      const login = { productId: at.status, email: "unique@acme.example", loginName: "" };
      expect(openPasswordHash(testServices().secrets, login, row?.sealed ?? Buffer.alloc(0))).toBe(bcrypt);
    },
  );

  it.each([
    ["taken@acme.example", "ALREADY_EXISTS", "taken@acme.example is taken: another login of Status has it."],
    ["shared@acme.example", "ALREADY_EXISTS", "shared@acme.example is this bot's address already."],
    [
      "elsewhere@acme.example",
      "ALREADY_EXISTS",
      "elsewhere@acme.example has logins on On-call, so the bot would still share it.",
    ],
    ["nothing", "INVALID_INPUT", "The email has no @."],
  ])("is refused for %s", async (email, code, message) => {
    const { id } = await shared();
    const answer = await change(at.owner, id, email);
    expect(answer).toMatchObject({ __typename: "Refused", code, field: "email" });
    expect(answer.message).toContain(message);
    expect((await shared()).email).toBe("shared@acme.example");
  });

  it("may use an address that only another organization's products know", async () => {
    const { id } = await shared();
    expect((await change(at.owner, id, "new@strange.example")).__typename).toBe("ProductUserAnswer");
  });

  it("happens once for a key that is sent again", async () => {
    const { id } = await shared();
    const key = randomUUID();
    expect((await change(at.owner, id, "once@acme.example", key)).__typename).toBe("ProductUserAnswer");
    expect((await change(at.owner, id, "once@acme.example", key)).productUser?.email).toBe(
      "once@acme.example",
    );
    expect(await change(at.owner, id, "twice@acme.example")).toMatchObject({ code: "INVALID_STATE" });
  });

  it.each(["alone@acme.example", "token@acme.example", "person@acme.example"])(
    "is refused where nothing is to be done: %s",
    async (email) => {
      const { id } = await findUser(at, email);
      expect(await change(at.owner, id, "other@acme.example")).toMatchObject({
        __typename: "Refused",
        code: "INVALID_STATE",
      });
      expect(await verify(at.owner, id)).toMatchObject({ __typename: "Refused", code: "INVALID_STATE" });
    },
  );

  it("is refused to everybody else, and a stranger finds nothing", async () => {
    const { id } = await shared();
    for (const client of [at.siteAdmin, at.member]) {
      for (const answer of [await change(client, id, "other@acme.example"), await verify(client, id)]) {
        expect(answer).toMatchObject({
          __typename: "Refused",
          code: "NOT_PERMITTED",
          whoCanGrant: ["The owner of Status", "Organization admins"],
        });
      }
    }
    const missing = "01900000-0000-7000-8000-00000000dead";
    const ask = (productUserId: string) =>
      at.stranger.admin.ask(
        `mutation Change($input: ChangeProductUserEmailInput!) { changeProductUserEmail(input: $input) { __typename } }`,
        { input: { productUserId, email: "other@acme.example" } },
      );
    expect(JSON.stringify(await ask(id)).replace(/"requestId":"[^"]*"/, "")).toBe(
      JSON.stringify(await ask(missing)).replace(/"requestId":"[^"]*"/, ""),
    );
  });
});
