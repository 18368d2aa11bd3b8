import { afterAll, beforeAll, expect, test } from "vitest";
import { createSignIn } from "../../packages/server/src/modules/sign-in/index.ts";
import { openSignInWorld, password, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

async function addAccount(email: string): Promise<string> {
  const { rows } = await world.pool.query("insert into account (email) values ($1) returning id", [email]);
  return rows[0].id;
}

async function readStored(accountId: string): Promise<unknown[]> {
  const { rows } = await world.pool.query(
    `select u.*, c.id as credential_id, c.provider_id, c.account_id as credential_account_id, c.password
     from auth_user u left join auth_credential c on c.user_id = u.id where u.account_id = $1`,
    [accountId],
  );
  return rows;
}

test("the account can sign in and its password is stored as argon2id", async () => {
  const accountId = await addAccount("first@example.com");
  const userId = await createSignIn(world.pool, {
    accountId,
    email: "first@example.com",
    name: "First",
    password,
  });
  expect(await readStored(accountId)).toEqual([
    expect.objectContaining({
      id: userId,
      account_id: accountId,
      email: "first@example.com",
      provider_id: "credential",
      credential_account_id: userId,
      password: expect.stringMatching(
        /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
      ),
    }),
  ]);
  await world.signIn("first@example.com");
});

test("a second time changes nothing, not even a password changed in between", async () => {
  const accountId = await addAccount("second@example.com");
  const signIn = { accountId, email: "second@example.com", name: "Second", password };
  const userId = await createSignIn(world.pool, signIn);
  const before = await readStored(accountId);
  expect(await createSignIn(world.pool, { ...signIn, password: "a new password of length" })).toBe(userId);
  expect(await readStored(accountId)).toEqual(before);
});

test("many at the same moment make one", async () => {
  const accountId = await addAccount("many@example.com");
  const signIn = { accountId, email: "many@example.com", name: "Many", password };
  const ids = await Promise.all(Array.from({ length: 8 }, () => createSignIn(world.pool, signIn)));
  expect(new Set(ids)).toHaveLength(1);
  expect(await readStored(accountId)).toHaveLength(1);
});

test("is undone with the transaction it ran in", async () => {
  const accountId = await addAccount("undone@example.com");
  const client = await world.pool.connect();
  await client.query("begin");
  await createSignIn(client, { accountId, email: "undone@example.com", name: "Undone", password });
  await client.query("rollback");
  client.release();
  expect(await readStored(accountId)).toEqual([]);
});

test("an unknown account, another email and a short password are refused and leave nothing", async () => {
  const accountId = await addAccount("refused@example.com");
  const unknown = "00000000-0000-7000-8000-000000000000";
  const refused = { accountId, email: "refused@example.com", name: "", password };
  await expect(createSignIn(world.pool, { ...refused, accountId: unknown })).rejects.toThrow("No account");
  await expect(createSignIn(world.pool, { ...refused, email: "else@example.com" })).rejects.toThrow(
    "No account",
  );
  await expect(createSignIn(world.pool, { ...refused, password: "fourteen chars" })).rejects.toThrow(
    "15 to 128",
  );
  expect(await readStored(accountId)).toEqual([]);
});
