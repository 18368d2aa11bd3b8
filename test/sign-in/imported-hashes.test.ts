import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importPasswordHashes } from "../../packages/server/src/modules/sign-in/index.ts";
import { runnerOnPool } from "../../packages/server/src/platform/database/pool-transaction.ts";
import { openSignInWorld, password, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

/** Hashes of the tests' password, made by libxcrypt and by Python's hashlib. */
const hashes = {
  bcrypt: "$2b$06$abcdefghijklmnopqrstuu10cNU3mXRamSUZYs8I8M/Szu..qXq5K",
  scrypt: "$scrypt$ln=14,r=8,p=1$ABEiM0RVZneImaq7zN3u/w$/NWljVMBu8ROkPyaU/FWE0uu55XrdzXtZHPahuNLqTA",
  pbkdf2: "$pbkdf2-sha256$i=29000,l=32$ABEiM0RVZneImaq7zN3u/w$Y9wd07DVb/KAM+N7UE6Mkf/9t95HvMEi8GdkCXL/1MA",
  django: "pbkdf2_sha256$260000$seasalt$E2mD54hHRBD9/QaYlRQ0tKByc/hoeW8FUsx1qlfLA7A=",
};

async function addAccount(email: string): Promise<string> {
  const { rows } = await world.pool.query("insert into account (email) values ($1) returning id", [email]);
  return rows[0].id;
}

/** An account whose address its owner has proven, with no way in. */
async function addProven(email: string): Promise<string> {
  const accountId = await addAccount(email);
  await world.pool.query(
    `with proof as (
       insert into email_proof (purpose, email, account_id, secret_hash, expires_at, consumed_at)
       values ('VERIFY_EMAIL', $2, $1, sha256(convert_to($2, 'UTF8')), now() + interval '10 minutes', now()))
     update account set proved_at = now() where id = $1`,
    [accountId, email],
  );
  return accountId;
}

async function storedHash(email: string): Promise<string | null | undefined> {
  const { rows } = await world.pool.query<{ password: string | null }>(
    "select c.password from auth_credential c join auth_user u on u.id = c.user_id where u.email = $1",
    [email],
  );
  return rows[0]?.password;
}

async function bring(given: [accountId: string, hash: string][]): Promise<string[]> {
  const outcomes = await importPasswordHashes(
    runnerOnPool(world.pool),
    given.map(([accountId, hash]) => ({ accountId, hash })),
  );
  return given.map(([accountId]) => outcomes.get(accountId) ?? "");
}

describe("an imported hash", () => {
  test.each(Object.entries(hashes))(
    "of %s lets the person in, and only after that is one of ours in its place",
    async (format, hash) => {
      const email = `${format}@example.com`;
      expect(await bring([[await addProven(email), hash]])).toEqual(["IMPORTED"]);
      const wrong = await world.send("/sign-in/email", { body: { email, password: "wrong horse battery" } });
      expect([wrong.status, await storedHash(email)]).toEqual([401, hash]);
      await world.signIn(email);
      expect(await storedHash(email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      await world.signIn(email);
    },
  );

  test("that many use at once is replaced once, and all of them get in", async () => {
    const email = "many@example.com";
    await bring([[await addProven(email), hashes.bcrypt]]);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => world.send("/sign-in/email", { body: { email, password } })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(await storedHash(email)).toMatch(/^\$argon2id\$/);
  });

  test("lets nobody into an account whose address nobody has proven, as it may be anybody's", async () => {
    const email = "planted@example.com";
    await bring([[await addAccount(email), hashes.bcrypt]]);
    const answer = await world.send("/sign-in/email", { body: { email, password } });
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: "EMAIL_NOT_CONFIRMED" }]);
    expect(await storedHash(email)).toBe(hashes.bcrypt);
  });

  test("leaves a password alone that the person has", async () => {
    const { accountId, email } = await world.addPerson();
    const before = await storedHash(email);
    expect(await bring([[accountId, hashes.bcrypt]])).toEqual(["KEPT"]);
    expect(await storedHash(email)).toBe(before);
  });

  test("fills the place of a password that is not there", async () => {
    const { accountId, email } = await world.addPerson();
    await world.pool.query(
      "update auth_credential set password = null where user_id = (select id from auth_user where email = $1)",
      [email],
    );
    expect(await bring([[accountId, hashes.scrypt]])).toEqual(["IMPORTED"]);
    await world.signIn(email);
  });

  test("opens no service account, which nobody signs in to", async () => {
    const { organizationId } = await world.addOrganization();
    const { accountId: maker } = await world.addPerson();
    const accountId = await addAccount("importer@service.invalid");
    await world.pool.query(
      "insert into service_account (account_id, organization_id, created_by) values ($1, $2, $3)",
      [accountId, organizationId, maker],
    );
    const [person, email] = [await addProven("beside@example.com"), "beside@example.com"];
    expect(
      await bring([
        [accountId, hashes.bcrypt],
        [person, hashes.bcrypt],
      ]),
    ).toEqual(["UNKNOWN_ACCOUNT", "IMPORTED"]);
    await world.signIn(email);
  });

  test("that cannot be used is told by its reason, beside those that can", async () => {
    const [good, odd, dear] = [
      await addAccount("good@example.com"),
      await addAccount("odd@example.com"),
      await addAccount("dear@example.com"),
    ];
    const outcomes = await bring([
      [good, hashes.django],
      [odd, "5f4dcc3b5aa765d61d8327deb882cf99"],
      [dear, hashes.bcrypt.replace("$06$", "$31$")],
      ["01890000-0000-7000-8000-000000000000", hashes.bcrypt],
    ]);
    expect(outcomes).toEqual(["IMPORTED", "UNKNOWN_FORMAT", "TOO_COSTLY", "UNKNOWN_ACCOUNT"]);
    expect([await storedHash("odd@example.com"), await storedHash("dear@example.com")]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
