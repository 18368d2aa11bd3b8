import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { csv } from "../import/upload-desk.ts";
import { readLetters } from "../kit/letters.ts";
import { testServices } from "../kit/services.ts";
import { botHeader, change, findShared, follow, giveBots, newestSecret, verify } from "./bot-acts.ts";
import { findUser, giveUsers, openProductWorld, readProduct, type ProductWorld } from "./product-world.ts";

let at: ProductWorld;
beforeAll(async () => {
  at = await openProductWorld();
});
afterAll(() => at?.stop());
beforeEach(() => giveBots(at));

const shared = () => findShared(at);

describe("having it confirmed", () => {
  it("mails a link that whoever reads it follows, once, without signing in", async () => {
    const { id } = await shared();
    const asked = await verify(at.productAdmin, id);
    expect(asked.productUser).toMatchObject({ waitingLink: { email: "shared@acme.example" } });
    const letters = await readLetters(at.server.pool, testServices().secrets, "shared@acme.example");
    expect(letters.at(-1)?.text.replaceAll(/\s+/g, " ")).toContain(
      "of Acme asks you to confirm that shared@acme.example is the address of the bot shared@acme.example of Status.",
    );
    const secret = await newestSecret(at, "shared@acme.example");
    const shown = await follow(at, "", secret);
    expect(shown).toContain('"productName":"Status","organizationName":"Acme"');
    // Looking uses nothing up, as mail scanners look, too.
    expect((await shared()).flag).not.toBeNull();
    expect(await follow(at, "/confirm", secret)).toBe(
      '200 {"email":"shared@acme.example","productName":"Status"}',
    );
    const user = await shared();
    expect(user).toMatchObject({ flag: null, waitingLink: null });
    expect(user.addressConfirmedAt).not.toBeNull();
    expect((await readProduct(at.owner, at.status))?.userCounts?.flagged).toBe(0);
    const dead = await follow(at, "/confirm", secret);
    expect(dead).toContain("This link does not work");
    expect(await follow(at, "/confirm", "x".repeat(43))).toBe(dead);
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
    await follow(at, "/confirm", await newestSecret(at, "elsewhere@acme.example"));
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
    const secret = await newestSecret(at, "free@acme.example");
    expect(await follow(at, "/confirm", secret)).toContain("free@acme.example is taken");
    // Nothing was used up.
    await at.server.pool.query("delete from product_user where email = 'free@acme.example'");
    expect(await follow(at, "/confirm", secret)).toContain('"email":"free@acme.example"');
  });

  it("ends every earlier link, as another address does", async () => {
    const { id } = await shared();
    await verify(at.owner, id);
    const first = await newestSecret(at, "shared@acme.example");
    await verify(at.owner, id, "mailbox@acme.example");
    expect(await follow(at, "", first)).toContain("This link does not work");
    const second = await newestSecret(at, "mailbox@acme.example");
    await change(at.owner, id, "own@acme.example");
    expect(await follow(at, "/confirm", second)).toContain("This link does not work");
    expect((await findUser(at, "own@acme.example")).addressConfirmedAt).toBeNull();
  });

  it("works for 10 minutes", async () => {
    const { id } = await shared();
    await verify(at.owner, id);
    const secret = await newestSecret(at, "shared@acme.example");
    const { rows } = await at.server.pool.query<{ minutes: number }>(
      "select extract(epoch from expires_at - created_at)::int / 60 as minutes from email_proof where source_id = $1",
      [id],
    );
    expect(rows).toEqual([{ minutes: 10 }]);
    await at.server.pool.query(
      "update email_proof set created_at = created_at - interval '11 minutes', expires_at = expires_at - interval '11 minutes' where source_id = $1",
      [id],
    );
    expect(await follow(at, "/confirm", secret)).toContain("This link does not work");
  });

  it("lets one of two at once through", async () => {
    const { id } = await shared();
    await verify(at.owner, id);
    const secret = await newestSecret(at, "shared@acme.example");
    const answers = await Promise.all(Array.from({ length: 6 }, () => follow(at, "/confirm", secret)));
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
    await follow(at, "/confirm", await newestSecret(at, "shared@acme.example"));
    await giveUsers(at.owner, at.status, csv(botHeader, "shared@acme.example,bot,password,,"));
    expect(await shared()).toMatchObject({ id, flag: null });
  });
});
