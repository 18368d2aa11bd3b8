import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPasswordHash } from "../../packages/server/src/modules/product-user/sealed-hash.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { testServices } from "../kit/services.ts";
import { csv } from "../import/upload-desk.ts";
import {
  dumpDatabase,
  giveUsers,
  openProductWorld,
  readProduct,
  readUsers,
  type ProductWorld,
} from "./product-world.ts";

const bcrypt = "$2b$10$zoyp.MbVC6AoviFX8ibTueEjHL68R9IsZcasN0rzEd6MTMjFFpwa2";
const argon2 =
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Zm9ydHl0d29ieXRlc29mdGFnZm9ydGhlYXJnb24yaGFzaA";
const django = "pbkdf2_sha256$260000$saltsaltsalt$n0Xb1pXcW5jZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=";
/** Parts of the hashes that are long enough to be nobody's but theirs. */
const secrets = [
  "ibTueEjHL68R9IsZcasN0rzEd6MTMjFFpwa2",
  "Zm9ydHl0d29ieXRlc29mdGFnZm9ydGhl",
  "n0Xb1pXcW5jZGVmZ2hpamtsbW5v",
  "plain text secret",
];

const header =
  "email,name,role,status,verified,last active,kind,password hash,login name,authentication,nickname";

let at: ProductWorld;
beforeAll(async () => {
  at = await openProductWorld();
});
afterAll(() => at?.stop());

interface Preview {
  state: string;
  fileKind: string;
  totalRows: number;
  goodRows: number;
  badRows: number;
  warningRows: number;
  failure: string | null;
  site: null;
  product: { name: string };
  effects: Record<string, unknown>;
  rows: {
    edges: {
      node: {
        rowNumber: number;
        state: string;
        cells: string[];
        problemColumn: string | null;
        problem: string | null;
        warning: string | null;
      };
    }[];
  };
}

async function upload(
  content: string,
  client = at.owner,
): Promise<{ id: string; text: string; status: number }> {
  const response = await client.upload({ productId: at.status }, content, { fileName: "users.csv" });
  const text = await response.text();
  const { importFile } = JSON.parse(text) as { importFile?: { id: string } };
  return { id: importFile?.id ?? "", text, status: response.status };
}

async function preview(id: string, client: ApiClient = at.owner): Promise<Preview> {
  const { importFile } = await client.query<{ importFile: Preview }>(
    `query Preview($id: ID!) { importFile(id: $id) {
      state fileKind totalRows goodRows badRows warningRows failure site { id } product { name }
      effects { newPeople updatedPeople duplicates
        productUsers { distributionLists bots flaggedBots keptHashes refusedHashes } }
      rows(first: 100) { edges { node { rowNumber state cells problemColumn problem warning } } }
    } }`,
    { id },
  );
  return importFile;
}

async function apply(id: string, client = at.owner): Promise<void> {
  const { applyImport } = await client.query<{ applyImport: { __typename: string } }>(
    "mutation Apply($id: ID!) { applyImport(input: { importId: $id }) { __typename } }",
    { id },
  );
  expect(applyImport.__typename).toBe("ImportFileResult");
}

describe("a file of product users", () => {
  it("is looked at first: kinds by cell and by words, several logins of one email, hashes sealed", async () => {
    const { id, status } = await upload(
      csv(
        header,
        `Ann@ACME.example,Ann,Owner,active,yes,2026-06-30T10:00:00Z,,"${bcrypt}",,,nan`,
        `bo@acme.example,Bo,Member,Deactivated,no,2026-01-02,,"${argon2}",,,`,
        "cy@acme.example,,,,,,,,,,",
        "team@acme.example,The team,Member,,,,,,,,",
        "noreply@acme.example,Mailer,,,,,,,,,",
        "deploy@acme.example,Deploys,,active,,,bot,,,password,",
        "api@acme.example,First,,,,,bot,,first,token,",
        "api@acme.example,Second,,,,,bot,,second,token,",
        "team@acme.example,Tea Mann,,,,,person,,tea,,",
      ),
    );
    expect(status).toBe(201);
    const shown = await preview(id);
    expect(shown).toMatchObject({
      state: "PREVIEW",
      fileKind: "PRODUCT_USERS",
      totalRows: 9,
      goodRows: 9,
      badRows: 0,
      site: null,
      product: { name: "Status" },
      effects: {
        newPeople: 9,
        updatedPeople: 0,
        duplicates: 0,
        productUsers: { distributionLists: 1, bots: 4, flaggedBots: 0, keptHashes: 2, refusedHashes: 0 },
      },
    });
    expect(shown.rows.edges[0]?.node.cells).toEqual([
      "Ann@ACME.example",
      "Ann",
      "Owner",
      "active",
      "yes",
      "2026-06-30T10:00:00Z",
      "",
      "(sealed)",
      "",
      "",
      "nan",
    ]);
    expect(await readUsers(at.owner, at.status)).toEqual([]);
    await apply(id);
    const users = await readUsers(at.owner, at.status);
    expect(users.map(({ email, loginName, kind, active }) => [email, loginName, kind, active])).toEqual([
      ["ann@acme.example", "", "PERSON", true],
      ["api@acme.example", "first", "BOT", true],
      ["api@acme.example", "second", "BOT", true],
      ["bo@acme.example", "", "PERSON", false],
      ["cy@acme.example", "", "PERSON", true],
      ["deploy@acme.example", "", "BOT", true],
      ["noreply@acme.example", "", "BOT", true],
      ["team@acme.example", "", "DISTRIBUTION_LIST", true],
      ["team@acme.example", "tea", "PERSON", true],
    ]);
    expect(users[0]).toMatchObject({
      name: "Ann",
      role: "Owner",
      toldVerified: true,
      lastActiveAt: "2026-06-30T10:00:00.000Z",
      authentication: "PASSWORD",
      account: null,
      flag: null,
    });
    expect(users[1]?.authentication).toBe("TOKEN");
  });

  it("keeps each hash for its login alone, once", async () => {
    const { rows } = await at.server.pool.query<{ email: string; sealed: Buffer }>(
      "select email, sealed_password_hash as sealed from product_user where sealed_password_hash is not null order by email",
    );
    const box = testServices().secrets;
    const open = (email: string, sealed: Buffer): string =>
      openPasswordHash(box, { productId: at.status, email, loginName: "" }, sealed);
    expect(rows.map(({ email, sealed }) => open(email, sealed))).toEqual([bcrypt, argon2]);
    expect(() => open("cy@acme.example", rows[0]?.sealed ?? Buffer.alloc(0))).toThrow();
    const staged = await at.server.pool.query("select from product_user_row where sealed_hash is not null");
    expect(staged.rowCount).toBe(0);
  });

  it("accounts for every bad row with its column and reason", async () => {
    const { id } = await upload(
      csv(
        header,
        "not an address,N,,,,,,,,,",
        "d@acme.example,D,,gone,,,,,,,",
        "e@acme.example,E,,,,30 June,,,,,",
        "f@acme.example,F,,,maybe,,,,,,",
        "g@acme.example,G,,,,,robot,,,,",
        "h@acme.example,H,,,,,,,,basic,",
        `i@acme.example,I,,,,,,,${"l".repeat(256)},,`,
        "j@acme.example,J",
        "jörg@acme.example,K,,,,,,,,,",
        "ok@acme.example,O,,,,,,,,,",
        "OK@acme.example,Again,,,,,,,,,",
      ),
    );
    const { rows, goodRows, badRows, effects } = await preview(id);
    expect({ goodRows, badRows }).toEqual({ goodRows: 1, badRows: 9 });
    expect(effects).toMatchObject({ duplicates: 1 });
    expect(
      rows.edges.map(({ node }) => [
        node.rowNumber,
        node.state,
        node.problemColumn,
        node.problem?.slice(0, 64),
      ]),
    ).toEqual([
      [2, "INVALID_EMAIL", "email", expect.stringContaining("no @")],
      [3, "BAD", "status", "The column “status” has the unknown value “gone”. Write “active”"],
      [4, "BAD", "last active", expect.stringContaining("which is not a date")],
      [5, "BAD", "verified", expect.stringContaining("unknown value “maybe”")],
      [6, "BAD", "kind", expect.stringContaining("unknown value “robot”")],
      [7, "BAD", "authentication", expect.stringContaining("unknown value “basic”")],
      [8, "BAD", "login name", "The login name is longer than 255 characters. Correct it."],
      [9, "BAD", null, expect.stringContaining("Row 9 has 2 cells, the header has 11.")],
      [10, "UNSUPPORTED_EMAIL", "email", expect.any(String)],
      [11, "GOOD", null, undefined],
      [12, "DUPLICATE", "email", expect.stringContaining("Row 11 lists the same email already")],
    ]);
    const rejected = await at.owner.fetch(`/api/imports/${id}/rejected.csv`);
    expect(rejected.status).toBe(200);
    const text = await rejected.text();
    expect(text.split("\r\n")[0]).toBe(`${header},Error`);
    expect(text).toContain("d@acme.example,D,,gone,,,,,,,,");
    const discarded = await at.owner.query<{ discardImport: { __typename: string } }>(
      "mutation Discard($id: ID!) { discardImport(input: { importId: $id }) { __typename } }",
      { id },
    );
    expect(discarded.discardImport.__typename).toBe("ImportFileResult");
    const left = await at.server.pool.query("select from product_user_row where import_id = $1", [id]);
    expect(left.rowCount).toBe(0);
  });
});

describe("a password hash", () => {
  it("is nowhere in clear: not in rows, problems, rejects, answers, the log or the database", async () => {
    const { id, text } = await upload(
      csv(
        header,
        `p1@acme.example,P,,,,,,"${bcrypt}",,,`,
        `p2@acme.example,P,,wrong,,,,"${argon2}",,,`,
        // Unquoted, its commas make more cells.
        `p3@acme.example,P,,,,,,${argon2},,,`,
        `p4@acme.example,P,,${bcrypt},,,,,,,`,
        `p5@acme.example,P,,,,,,plain text secret,,,`,
        `p6@acme.example,P,,,,,,,,,"${django}"`,
        `${bcrypt},P,,,,,,,,,`,
        `p8@acme.example,P,,,,,,"${django}"x,,,`,
        `p1@acme.example,Again,,,,,,"${bcrypt}",,,`,
      ),
    );
    const shown = await preview(id);
    expect(shown).toMatchObject({ goodRows: 2, badRows: 6, warningRows: 1 });
    expect(shown.effects).toMatchObject({ productUsers: { keptHashes: 1, refusedHashes: 1 } });
    const told = shown.rows.edges.map(({ node }) => node);
    expect(told.map(({ cells }) => cells[7])).toEqual([
      "(sealed)",
      "(removed)",
      "",
      "",
      "(removed)",
      "",
      "",
      "",
      "(sealed)",
    ]);
    expect(told[3]?.problem).toContain("holds what looks like a password hash, which was not kept");
    expect(told[2]?.problem).toContain("Its cells are not kept, because one of them may be a password hash");
    expect(told[2]?.cells[0]).toBe("p3@acme.example");
    expect(told[4]?.warning).toContain("this person sets a new password");
    await apply(id);
    const seen = [
      text,
      JSON.stringify(await preview(id)),
      await (await at.owner.fetch(`/api/imports/${id}/rejected.csv`)).text(),
      JSON.stringify(await readProduct(at.owner, at.status)),
      await dumpDatabase(at),
    ];
    for (const secret of secrets) {
      expect(seen.filter((each) => each.includes(secret))).toEqual([]);
    }
  });

  it("is not named by a file that is refused as a whole", async () => {
    const { text, status, id } = await upload(csv(`ann@acme.example,Ann,${bcrypt}`, `bo,Bo,${bcrypt}`));
    expect(status).toBe(422);
    expect(text).toContain("The required column “email” of a file of product users is missing");
    expect((await preview(id)).failure).toContain("“(removed)”");
    expect(text + (await dumpDatabase(at))).not.toContain(secrets[0]);
  });

  it("stays with its row when the columns are matched again, and its login's columns stay as they are", async () => {
    const { id } = await upload(csv("email,name,title,password hash", `q@acme.example,Q,Chief,"${bcrypt}"`));
    const rematch = (
      columns: object[],
    ): Promise<{ rematchImport: { __typename: string; message?: string } }> =>
      at.owner.query(
        `mutation Rematch($input: RematchImportInput!) {
          rematchImport(input: $input) { __typename ... on Refused { message } } }`,
        { input: { importId: id, columns } },
      );
    const moved = await rematch([
      { index: 0, field: null },
      { index: 1, field: "email" },
    ]);
    expect(moved.rematchImport.__typename).toBe("Refused");
    expect(moved.rematchImport.message).toContain("sealed for the email and login name they stand with");
    const answer = await rematch([{ index: 2, field: "role" }]);
    expect(answer.rematchImport.__typename).toBe("ImportFileResult");
    expect((await preview(id)).effects).toMatchObject({ productUsers: { keptHashes: 1 } });
    await apply(id);
    const [row] = (
      await at.server.pool.query<{ role: string; sealed: Buffer }>(
        "select role, sealed_password_hash as sealed from product_user where email = 'q@acme.example'",
      )
    ).rows;
    expect(row?.role).toBe("Chief");
    const login = { productId: at.status, email: "q@acme.example", loginName: "" };
    expect(openPasswordHash(testServices().secrets, login, row?.sealed ?? Buffer.alloc(0))).toBe(bcrypt);
  });
});

describe("a second file", () => {
  it("adds and updates, and leaves who is not in it, what it does not say, links and proofs alone", async () => {
    const product = at.onCall;
    const { admin } = at.world;
    await giveUsers(
      admin,
      product,
      csv(
        header,
        `linked@acme.example,Li,Member,active,yes,2026-01-01,,"${bcrypt}",,,`,
        "stays@acme.example,Stays,Member,inactive,no,2026-01-01,bot,,,token,",
      ),
    );
    await at.server.pool.query(
      `with person as (insert into account (email, name) values ('linked@acme.example', 'Li') returning id),
       proof as (
         insert into email_proof (purpose, email, account_id, source_type, source_id, secret_hash, expires_at, consumed_at)
         select 'LINK_SERVICE', u.email, person.id, 'PRODUCT_USER', u.id, sha256('linked'), now() + interval '10 minutes', now()
         from product_user u, person where u.email = 'linked@acme.example' returning id, account_id, source_id)
       update product_user u set account_id = p.account_id, link_proof_id = p.id, linked_at = now() from proof p where u.id = p.source_id`,
    );
    const second = csv(
      "email,status,kind,name",
      "linked@acme.example,inactive,bot,",
      "stays@acme.example,,,Renamed",
      "new@acme.example,,,New",
    );
    const response = await admin.upload({ productId: product }, second);
    const { importFile } = (await response.json()) as { importFile: { id: string } };
    const shown = await preview(importFile.id, admin);
    expect(shown.effects).toMatchObject({ newPeople: 1, updatedPeople: 2 });
    expect(shown.rows.edges[0]?.node.warning).toBe(
      "This login is linked to an account, so it stays a person.",
    );
    await apply(importFile.id, admin);
    const users = await readUsers(admin, product);
    expect(users).toMatchObject([
      {
        email: "linked@acme.example",
        name: "Li",
        role: "Member",
        active: false,
        kind: "PERSON",
        toldVerified: true,
        account: { email: "linked@acme.example" },
      },
      { email: "new@acme.example", kind: "PERSON", active: true },
      { email: "stays@acme.example", name: "Renamed", active: false, kind: "BOT", authentication: "TOKEN" },
    ]);
    const before = JSON.stringify(users);
    await giveUsers(admin, product, second);
    expect(JSON.stringify(await readUsers(admin, product))).toBe(before);
    const { rows } = await at.server.pool.query(
      "select from product_user where sealed_password_hash is not null and product_id = $1",
      [product],
    );
    expect(rows).toHaveLength(1);
  });
});

describe("who may upload and see", () => {
  const file = csv("email", "x@acme.example");

  it("is organization admins, the owner and product admins", async () => {
    for (const client of [at.world.admin, at.owner, at.productAdmin]) {
      expect((await upload(file, client)).status).toBe(201);
      const product = await readProduct(client, at.status);
      expect(product?.viewerCanManageUsers).toBe(true);
      expect(product?.users?.totalCount).toBeGreaterThan(0);
      expect(product?.imports.length).toBeGreaterThan(0);
    }
  });

  it("is nobody else of the organization, and a refusal says who", async () => {
    const { id } = await upload(file);
    for (const client of [at.siteAdmin, at.member]) {
      const { status, text } = await upload(file, client);
      expect(status).toBe(403);
      expect(text).toContain("It can be granted by: The owner of Status, Organization admins.");
      expect(await readProduct(client, at.status)).toEqual({
        users: null,
        userCounts: null,
        imports: [],
        viewerCanManageUsers: false,
      });
      expect(await preview(id, client)).toBeNull();
      expect((await client.fetch(`/api/imports/${id}/rejected.csv`)).status).toBe(404);
    }
    // An owner of one product is nobody in another one.
    expect((await readProduct(at.owner, at.onCall))?.users).toBeNull();
  });

  it("is nobody of another organization, for whom it is not there, to the byte", async () => {
    const { id } = await upload(file);
    const missing = "01900000-0000-7000-8000-00000000dead";
    const client = at.stranger.admin;
    const ask = async (productId: string): Promise<string> => {
      const response = await client.upload({ productId }, file);
      return `${response.status} ${await response.text()}`;
    };
    expect(await ask(at.status)).toBe(await ask(missing));
    expect(await readProduct(client, at.status)).toBeNull();
    expect(await readProduct(client, missing)).toBeNull();
    const own = await client.fetch(`/api/imports/${id}/rejected.csv`);
    const none = await client.fetch(`/api/imports/${missing}/rejected.csv`);
    expect(`${own.status} ${await own.text()}`).toBe(`${none.status} ${await none.text()}`);
  });

  it.each([
    ["a site with product users", { fileKind: "PRODUCT_USERS", site: true }, "PRODUCT_USERS needs productId"],
    ["a product with customers", { fileKind: "CUSTOMERS", site: false }, "must be PRODUCT_USERS or absent"],
  ])("%s is refused with the field at fault", async (_, { fileKind, site }, message) => {
    const place = site ? at.world.source.id : { productId: at.status };
    const response = await at.world.admin.upload(place, file, { fileKind });
    expect(response.status).toBe(400);
    const body = (await response.json()) as { error: { message: string } };
    expect(body.error.message).toContain(`fileKind: ${message}`);
  });
});

describe("the list", () => {
  it("is paged, searched and filtered by the server", async () => {
    const { admin } = at.world;
    const first = await readProduct(admin, at.status, { first: 3 });
    const page = first?.users;
    expect(page?.edges).toHaveLength(3);
    expect(page?.pageInfo.hasNextPage).toBe(true);
    const second = await readProduct(admin, at.status, { first: 100, after: page?.pageInfo.endCursor });
    const emails = [...(page?.edges ?? []), ...(second?.users?.edges ?? [])].map(
      ({ node }) => `${node.email}/${node.loginName}`,
    );
    expect(emails).toEqual([...new Set(emails)].toSorted());
    expect(emails).toHaveLength(page?.totalCount ?? 0);
    expect((await readUsers(admin, at.status, { search: "SECOND" })).map(({ name }) => name)).toEqual([
      "Second",
    ]);
    expect((await readUsers(admin, at.status, { search: "an%" })).length).toBe(0);
    expect(
      (await readUsers(admin, at.status, { kind: "DISTRIBUTION_LIST" })).map(({ email }) => email),
    ).toEqual(["team@acme.example"]);
    expect((await readUsers(admin, at.status, { active: false })).map(({ email }) => email)).toEqual([
      "bo@acme.example",
    ]);
  });
});
