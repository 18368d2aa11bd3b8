import { afterAll, beforeAll, expect, test } from "vitest";
import { removeWaysIn } from "../../packages/server/src/modules/sign-in/index.ts";
import { inTransaction } from "../../packages/server/src/modules/sign-in/in-transaction.ts";
import { appCode, enrol, takeFirstStep } from "./second-step.ts";
import { openSignInWorld, password, readCookies, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

test("nothing that let somebody in before does so afterwards, and others keep what they have", async () => {
  const [person, other] = [await enrol(world), await enrol(world)];
  const remembered = await world.send("/sign-in/two-step", {
    body: { code: appCode(person.key), rememberDevice: true },
    cookie: await takeFirstStep(world, person.email),
  });
  const pending = await takeFirstStep(world, person.email);
  await world.pool.query(
    `insert into auth_passkey (user_id, credential_id, public_key, counter, transports, backed_up, name)
     values ($1, 'planted', '\\x00', 0, '{}', false, 'Planted')`,
    [person.userId],
  );
  const removed = await inTransaction(world.pool, (tx) => removeWaysIn(tx, person.accountId));
  expect(removed).toEqual({ passwords: 1, passkeys: 1, twoSteps: 1, sessions: 2 });
  for (const cookie of [person.cookie, readCookies(remembered)]) {
    expect(await world.auth.findSession(new Headers({ cookie }))).toBeNull();
  }
  expect((await world.send("/sign-in/two-step/state", { cookie: pending })).status).toBe(401);
  const again = await world.send("/sign-in/email", {
    body: { email: person.email, password },
    cookie: readCookies(remembered),
  });
  expect(again.status).toBe(401);
  const { rows } = await world.pool.query<{ table: string; rows: string }>(
    `select t.name as table, (xpath('/row/c/text()', query_to_xml(format(
       'select count(*) as c from %I where user_id = %L', t.name, $1::uuid), false, true, '')))[1]::text as rows
     from unnest(array['auth_two_step', 'auth_recovery_code', 'auth_remembered_device', 'auth_pending_sign_in',
       'auth_passkey', 'auth_session']) as t (name)`,
    [person.userId],
  );
  expect(rows.filter((row) => row.rows !== "0")).toEqual([]);
  expect(await world.auth.findSession(new Headers({ cookie: other.cookie }))).not.toBeNull();
  await takeFirstStep(world, other.email);
});

test("an account without a sign-in has none to remove", async () => {
  const { rows } = await world.pool.query<{ id: string }>(
    "insert into account (email) values ('nobody@example.com') returning id",
  );
  const removed = await inTransaction(world.pool, (tx) => removeWaysIn(tx, rows[0]?.id ?? ""));
  expect(removed).toEqual({ passwords: 0, passkeys: 0, twoSteps: 0, sessions: 0 });
});
