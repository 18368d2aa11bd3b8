import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPasswordHash } from "../../packages/server/src/modules/product-user/sealed-hash.ts";
import { testServices } from "../kit/services.ts";
import { csv } from "../import/upload-desk.ts";
import { giveUsers, openProductWorld, readUsers, type ProductWorld } from "./product-world.ts";
import { argon2, bcrypt, header, userFiles } from "./user-files.ts";

let at: ProductWorld;
beforeAll(async () => {
  at = await openProductWorld();
});
afterAll(() => at?.stop());

const { upload, preview, apply } = userFiles(() => at);

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
