import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPasswordHash } from "../../packages/server/src/modules/product-user/sealed-hash.ts";
import { testServices } from "../kit/services.ts";
import { csv } from "../import/upload-desk.ts";
import { dumpDatabase, openProductWorld, readProduct, type ProductWorld } from "./product-world.ts";
import { argon2, bcrypt, header, userFiles } from "./user-files.ts";

let at: ProductWorld;
beforeAll(async () => {
  at = await openProductWorld();
});
afterAll(() => at?.stop());

const { upload, preview, apply } = userFiles(() => at);

const django = "pbkdf2_sha256$260000$saltsaltsalt$n0Xb1pXcW5jZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=";
/** Parts of the hashes that are long enough to be nobody's but theirs. */
const secrets = [
  "ibTueEjHL68R9IsZcasN0rzEd6MTMjFFpwa2",
  "Zm9ydHl0d29ieXRlc29mdGFnZm9ydGhl",
  "n0Xb1pXcW5jZGVmZ2hpamtsbW5v",
  "plain text secret",
];

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
