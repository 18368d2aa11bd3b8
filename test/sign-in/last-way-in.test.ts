import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, refusal } from "./second-step.ts";
import { openSignInWorld, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

async function addPasskey(userId: string, name: string): Promise<string> {
  const { rows } = await world.pool.query<{ id: string }>(
    `insert into auth_passkey (user_id, credential_id, public_key, counter, transports, backed_up, name)
     values ($1, $2, 'a public key', 0, '{}', false, $2) returning id`,
    [userId, name],
  );
  return rows[0]?.id ?? "";
}

const passkeysOf = async (userId: string): Promise<string[]> => {
  const { rows } = await world.pool.query<{ name: string }>(
    "select name from auth_passkey where user_id = $1 order by name",
    [userId],
  );
  return rows.map(({ name }) => name);
};

describe("the last passkey of somebody without a password", () => {
  test("stays until there is another way in", async () => {
    const { email, userId } = await world.addPerson();
    const cookie = await world.signIn(email);
    const only = await addPasskey(userId, "Phone");
    await world.pool.query("update auth_credential set password = null where user_id = $1", [userId]);
    expect(await refusal(world, "/security/passkeys/remove", { id: only }, cookie)).toMatchObject({
      status: 400,
      code: "LAST_WAY_IN",
    });
    expect(await passkeysOf(userId)).toEqual(["Phone"]);
    const second = await addPasskey(userId, "Tablet");
    await ask(world, "/security/passkeys/remove", { id: only }, cookie);
    expect(await passkeysOf(userId)).toEqual(["Tablet"]);
    expect(await refusal(world, "/security/passkeys/remove", { id: second }, cookie)).toMatchObject({
      code: "LAST_WAY_IN",
    });
  });

  test("goes where a password is there, and one of two at the same moment stays", async () => {
    const withPassword = await world.addPerson();
    const passkey = await addPasskey(withPassword.userId, "Key");
    const cookie = await world.signIn(withPassword.email);
    await ask(world, "/security/passkeys/remove", { id: passkey }, cookie);
    expect(await passkeysOf(withPassword.userId)).toEqual([]);

    const { email, userId } = await world.addPerson();
    const session = await world.signIn(email);
    const both = [await addPasskey(userId, "One"), await addPasskey(userId, "Two")];
    await world.pool.query("update auth_credential set password = null where user_id = $1", [userId]);
    const answers = await Promise.all(
      both.map((id) => world.send("/security/passkeys/remove", { body: { id }, cookie: session })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await passkeysOf(userId)).toHaveLength(1);
  });
});
