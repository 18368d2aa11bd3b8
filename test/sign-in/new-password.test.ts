import { afterAll, beforeAll, expect, test } from "vitest";
import { findNewPasswordProblem } from "../../packages/server/src/modules/sign-in/index.ts";
import { runnerOnPool } from "../../packages/server/src/platform/database/pool-transaction.ts";
import { enrol } from "./second-step.ts";
import { openSignInWorld, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

async function codeOf(accountId: string, password: string): Promise<string | null> {
  return (await findNewPasswordProblem(runnerOnPool(world.pool), accountId, password))?.code ?? null;
}

test("the words of the account's name, address and organizations are known", async () => {
  const { organizationId } = await world.addOrganization();
  await world.pool.query("update organization set name = 'Northwind Traders' where id = $1", [
    organizationId,
  ]);
  const { accountId } = await world.addPerson({
    name: "Olga Ivanova",
    email: "o.petrenko+work@lighthouse.example",
  });
  await world.pool.query(
    "insert into role_assignment (account_id, role, organization_id) values ($1, 'ORGANIZATION_ADMIN', $2)",
    [accountId, organizationId],
  );
  const codes = [];
  for (const word of ["ivanova", "petrenko", "lighthouse", "traders", "rehome"]) {
    codes.push(await codeOf(accountId, `${word} ${word} 1x2y`));
  }
  expect(codes).toEqual(Array.from({ length: 5 }, () => "PASSWORD_GUESSABLE"));
  expect(await codeOf(accountId, "ivanova sails past the breakwater")).toBeNull();
});

test("eight characters are enough once two-step sign-in is on, and not while it is being set up", async () => {
  const { accountId, userId } = await enrol(world);
  expect(await codeOf(accountId, "tulip7gx")).toBeNull();
  await world.pool.query("update auth_two_step set confirmed_at = null where user_id = $1", [userId]);
  expect(await codeOf(accountId, "tulip7gx")).toBe("PASSWORD_TOO_SHORT");
});

test("somebody who has no sign-in yet is measured all the same", async () => {
  const { rows } = await world.pool.query<{ id: string }>(
    "insert into account (email, name) values ('new@example.com', 'Ren Tanaka') returning id",
  );
  expect(await codeOf(rows[0]?.id ?? "", "sunshinefootball")).toBe("PASSWORD_COMMON");
});
