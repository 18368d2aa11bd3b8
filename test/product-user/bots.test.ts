import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPasswordHash } from "../../packages/server/src/modules/product-user/sealed-hash.ts";
import { csv } from "../import/upload-desk.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { readLetters, secretIn } from "../kit/letters.ts";
import { testServices } from "../kit/services.ts";
import {
  findUser,
  giveUsers,
  openProductWorld,
  readProduct,
  readUsers,
  type ProductWorld,
} from "./product-world.ts";

const bcrypt = "$2b$10$zoyp.MbVC6AoviFX8ibTueEjHL68R9IsZcasN0rzEd6MTMjFFpwa2";
const header = "email,kind,authentication,login name,password hash";

let at: ProductWorld;
beforeAll(async () => {
  at = await openProductWorld();
  await giveUsers(
    at.stranger.admin,
    at.strangerProduct,
    csv(header, "alone@acme.example,bot,,,", "new@strange.example,bot,,,"),
  );
});
afterAll(() => at?.stop());

beforeEach(async () => {
  await at.server.pool.query("delete from product_user where product_id = any($1::uuid[])", [
    [at.status, at.onCall],
  ]);
  await giveUsers(
    at.world.admin,
    at.status,
    csv(
      header,
      `shared@acme.example,bot,password,,${bcrypt}`,
      "token@acme.example,bot,token,,",
      "alone@acme.example,bot,password,,",
      "person@acme.example,,,,",
      "taken@acme.example,bot,,named,",
    ),
  );
  await giveUsers(
    at.world.admin,
    at.onCall,
    csv(
      header,
      "shared@acme.example,person,,,",
      "token@acme.example,bot,token,,",
      "person@acme.example,,,,",
      "elsewhere@acme.example,,,,",
    ),
  );
});

interface Answered {
  __typename: string;
  code?: string;
  message?: string;
  field?: string | null;
  whoCanGrant?: string[];
  productUser?: { id: string; email: string; flag: unknown; waitingLink: { email: string } | null };
}

const answerFields = `__typename ... on Refused { code message field whoCanGrant }
  ... on ProductUserAnswer { productUser { id email flag { reason } waitingLink { email } } }`;

async function change(
  client: ApiClient,
  productUserId: string,
  email: string,
  key?: string,
): Promise<Answered> {
  const { answer } = await client.query<{ answer: Answered }>(
    `mutation Change($input: ChangeProductUserEmailInput!) { answer: changeProductUserEmail(input: $input) { ${answerFields} } }`,
    { input: { productUserId, email, idempotencyKey: key } },
  );
  return answer;
}

async function verify(
  client: ApiClient,
  productUserId: string,
  email: string | null = null,
  key?: string,
): Promise<Answered> {
  const { answer } = await client.query<{ answer: Answered }>(
    `mutation Verify($input: VerifyProductUserEmailInput!) { answer: verifyProductUserEmail(input: $input) { ${answerFields} } }`,
    { input: { productUserId, email, idempotencyKey: key } },
  );
  return answer;
}

/** What the link's page asks, signed in or not. */
async function follow(path: "" | "/confirm", token: string): Promise<string> {
  const response = await at.server.anonymous().fetch(`/api/bot-address${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return `${response.status} ${await response.text()}`;
}

async function newestSecret(email: string): Promise<string> {
  return secretIn((await readLetters(at.server.pool, testServices().secrets, email)).at(-1));
}

const shared = () => findUser(at, "shared@acme.example");

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
      csv(header, "elsewhere@acme.example,bot,,,", "token@acme.example,,,,"),
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

describe("having it confirmed", () => {
  it("mails a link that whoever reads it follows, once, without signing in", async () => {
    const { id } = await shared();
    const asked = await verify(at.productAdmin, id);
    expect(asked.productUser).toMatchObject({ waitingLink: { email: "shared@acme.example" } });
    const letters = await readLetters(at.server.pool, testServices().secrets, "shared@acme.example");
    expect(letters.at(-1)?.text.replaceAll(/\s+/g, " ")).toContain(
      "of Acme asks you to confirm that shared@acme.example is the address of the bot shared@acme.example of Status.",
    );
    const secret = await newestSecret("shared@acme.example");
    const shown = await follow("", secret);
    expect(shown).toContain('"productName":"Status","organizationName":"Acme"');
    // Looking uses nothing up, as mail scanners look, too.
    expect((await shared()).flag).not.toBeNull();
    expect(await follow("/confirm", secret)).toBe(
      '200 {"email":"shared@acme.example","productName":"Status"}',
    );
    const user = await shared();
    expect(user).toMatchObject({ flag: null, waitingLink: null });
    expect(user.addressConfirmedAt).not.toBeNull();
    expect((await readProduct(at.owner, at.status))?.userCounts?.flagged).toBe(0);
    const dead = await follow("/confirm", secret);
    expect(dead).toContain("This link does not work");
    expect(await follow("/confirm", "x".repeat(43))).toBe(dead);
    const { rows } = await at.server.pool.query<{ action: string; actor: string | null }>(
      "select action, actor_account_id as actor from audit_entry where subject_id = $1 order by id",
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "product_user.ask_confirmation",
      "product_user.confirm_email",
    ]);
    expect(rows[1]?.actor).toBeNull();
  });

  it("gives the bot another address only once that one is confirmed", async () => {
    const { id } = await shared();
    // Several bots may go by one mailbox that somebody reads.
    await verify(at.owner, id, "Elsewhere@acme.example");
    expect((await shared()).email).toBe("shared@acme.example");
    await follow("/confirm", await newestSecret("elsewhere@acme.example"));
    const user = await findUser(at, "elsewhere@acme.example");
    expect(user).toMatchObject({ id, flag: null });
    expect(await verify(at.owner, (await findUser(at, "taken@acme.example")).id)).toMatchObject({
      code: "INVALID_STATE",
    });
  });

  it("is refused for an address of another login of the product, then and when it is confirmed", async () => {
    const { id } = await shared();
    expect(await verify(at.owner, id, "taken@acme.example")).toMatchObject({
      code: "ALREADY_EXISTS",
      field: "email",
    });
    await verify(at.owner, id, "free@acme.example");
    await giveUsers(at.owner, at.status, csv("email", "free@acme.example"));
    const secret = await newestSecret("free@acme.example");
    expect(await follow("/confirm", secret)).toContain("free@acme.example is taken");
    // Nothing was used up.
    await at.server.pool.query("delete from product_user where email = 'free@acme.example'");
    expect(await follow("/confirm", secret)).toContain('"email":"free@acme.example"');
  });

  it("ends every earlier link, as another address does", async () => {
    const { id } = await shared();
    await verify(at.owner, id);
    const first = await newestSecret("shared@acme.example");
    await verify(at.owner, id, "mailbox@acme.example");
    expect(await follow("", first)).toContain("This link does not work");
    const second = await newestSecret("mailbox@acme.example");
    await change(at.owner, id, "own@acme.example");
    expect(await follow("/confirm", second)).toContain("This link does not work");
    expect((await findUser(at, "own@acme.example")).addressConfirmedAt).toBeNull();
  });

  it("works for 10 minutes", async () => {
    const { id } = await shared();
    await verify(at.owner, id);
    const secret = await newestSecret("shared@acme.example");
    const { rows } = await at.server.pool.query<{ minutes: number }>(
      "select extract(epoch from expires_at - created_at)::int / 60 as minutes from email_proof where source_id = $1",
      [id],
    );
    expect(rows).toEqual([{ minutes: 10 }]);
    await at.server.pool.query(
      "update email_proof set created_at = created_at - interval '11 minutes', expires_at = expires_at - interval '11 minutes' where source_id = $1",
      [id],
    );
    expect(await follow("/confirm", secret)).toContain("This link does not work");
  });

  it("lets one of two at once through", async () => {
    const { id } = await shared();
    await verify(at.owner, id);
    const secret = await newestSecret("shared@acme.example");
    const answers = await Promise.all(Array.from({ length: 6 }, () => follow("/confirm", secret)));
    expect(answers.filter((answer) => answer.startsWith('200 {"email"'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes("This link does not work"))).toHaveLength(5);
  });

  it("goes out once for a key, and five times an hour at most", async () => {
    const { id } = await shared();
    const key = randomUUID();
    await verify(at.owner, id, null, key);
    await verify(at.owner, id, null, key);
    const sent = async () =>
      (await at.server.pool.query("select from email_proof where source_id = $1", [id])).rowCount;
    expect(await sent()).toBe(1);
    for (let again = 0; again < 4; again++) {
      expect((await verify(at.owner, id)).__typename).toBe("ProductUserAnswer");
    }
    expect(await verify(at.owner, id)).toMatchObject({ __typename: "Refused", code: "TOO_MANY" });
    expect(await sent()).toBe(5);
  });

  it("is closed to pages of others and to what is no link", async () => {
    const post = (headers: Record<string, string>, body: string) =>
      fetch(`${at.server.url}/api/bot-address/confirm`, { method: "POST", headers, body });
    const json = { "content-type": "application/json" };
    expect((await post({ ...json, origin: "https://evil.example" }, "{}")).status).toBe(403);
    expect((await post({ ...json, origin: at.server.url }, "{}")).status).toBe(400);
    expect((await post({ ...json, origin: at.server.url }, "no json")).status).toBe(400);
  });

  it("stands when the file is uploaded again", async () => {
    const { id } = await shared();
    await verify(at.owner, id);
    await follow("/confirm", await newestSecret("shared@acme.example"));
    await giveUsers(at.owner, at.status, csv(header, "shared@acme.example,bot,password,,"));
    expect(await shared()).toMatchObject({ id, flag: null });
  });
});
