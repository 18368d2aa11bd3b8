import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchHeader } from "../../packages/server/src/modules/import/files/header.ts";
import { createRowReader } from "../../packages/server/src/modules/import/files/parse-file.ts";

const columns = [
  "email",
  "name",
  "role",
  "status",
  "verified",
  "last active",
  "kind",
  "password hash",
  "login name",
  "authentication",
  "something else",
];

const base64 = (length: number) =>
  fc.string({
    unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    minLength: length,
    maxLength: length,
  });

/** A hash as other systems write it, with the part that nobody may see again. */
const hash = fc.oneof(
  base64(53).map((tag) => ({ text: `$2b$10$${tag}`, tag })),
  base64(43).map((tag) => ({ text: `$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$${tag}`, tag })),
  base64(43).map((tag) => ({ text: `$argon2i$v=19$m=9999999,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$${tag}`, tag })),
  base64(43).map((tag) => ({ text: `$scrypt$ln=14,r=8,p=1$c29tZXNhbHRzb21lc2FsdA$${tag}`, tag })),
  base64(43).map((tag) => ({ text: `$pbkdf2-sha256$29000$c29tZXNhbHRzb21lc2FsdA$${tag}`, tag })),
  base64(43).map((tag) => ({ text: `pbkdf2_sha256$260000$salt$${tag}=`, tag })),
  base64(40).map((tag) => ({ text: `{SSHA}${tag}`, tag })),
);

const plainCell = fc.constantFrom("", "ann@acme.example", "Ann", "active", "yes", "bot", "odd", "a b");

/** What of a row is ever written down or shown; the hash itself goes into its seal alone. */
function kept(header: readonly string[], cells: string[]): string {
  const read = createRowReader(matchHeader(header, ",", "PRODUCT_USERS"));
  const row = { ...read({ rowNumber: 2, cells }) } as Record<string, unknown>;
  delete row.passwordHash;
  return JSON.stringify(row);
}

describe("what is kept of a row of product users", () => {
  it("never holds a hash, whatever column it stands in", () => {
    fc.assert(
      fc.property(
        fc.array(plainCell, { minLength: columns.length, maxLength: columns.length }),
        fc.nat(columns.length - 1),
        hash,
        fc.boolean(),
        (plain, place, { text, tag }, hasColumn) => {
          const header = hasColumn ? columns : columns.map((name) => name.replace("password hash", "note"));
          const cells = plain.map((cell, index) => (index === place ? text : cell));
          expect(kept(header, cells)).not.toContain(tag);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never holds a part of one that was divided at its commas", () => {
    fc.assert(
      fc.property(
        fc.array(plainCell, { maxLength: columns.length + 4 }),
        fc.nat(columns.length),
        hash,
        (plain, place, { text, tag }) => {
          const cells = [...plain.slice(0, place), ...text.split(","), ...plain.slice(place)];
          expect(kept(columns, cells)).not.toContain(tag);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes any text of a password column for a secret", () => {
    for (const name of ["password", "pwd", "Password_Hash", "hashed password"]) {
      expect(kept(["email", name], ["ann@acme.example", "hunter2"])).not.toContain("hunter2");
    }
  });
});
