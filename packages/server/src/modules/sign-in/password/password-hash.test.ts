import { expect, test } from "vitest";
import { hashOfNobody, hashPassword, verifyPassword } from "./password-hash.ts";

// One of the reference implementation's own test vectors (P-H-C/phc-winner-argon2, src/test.c).
const ofReference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

test("a hash is a PHC string with the chosen cost and a salt of its own", async () => {
  const [first, second] = await Promise.all([hashPassword("same password"), hashPassword("same password")]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(first).not.toBe(second);
});

test("the password fits its hash and no other does", async () => {
  const hash = await hashPassword("correct horse battery staple");
  expect(await verifyPassword({ hash, password: "correct horse battery staple" })).toBe(true);
  expect(await verifyPassword({ hash, password: "correct horse battery stapl" })).toBe(false);
  expect(await verifyPassword({ hash, password: "" })).toBe(false);
});

test("hashes of other argon2id programs and costs fit", async () => {
  expect(await verifyPassword({ hash: ofReference, password: "password" })).toBe(true);
  expect(await verifyPassword({ hash: ofReference, password: "Password" })).toBe(false);
});

test("the same letters composed differently are the same password", async () => {
  const hash = await hashPassword("caf\u00e9 au lait, s'il vous pla\u00eet");
  expect(await verifyPassword({ hash, password: "cafe\u0301 au lait, s'il vous plai\u0302t" })).toBe(true);
});

test("the hash of nobody costs the same as a real one and fits nothing", async () => {
  const real = await hashPassword("any password at all");
  expect(hashOfNobody.split("$").slice(0, 4)).toEqual(real.split("$").slice(0, 4));
  expect(hashOfNobody).toHaveLength(real.length);
  expect(await verifyPassword({ hash: hashOfNobody, password: "" })).toBe(false);
});

test.each([
  ["nothing", ""],
  ["another algorithm", "$2b$12$abcdefghijklmnopqrstuv"],
  ["argon2i", ofReference.replace("argon2id", "argon2i")],
  ["another version", ofReference.replace("v=19", "v=16")],
  ["more memory than there is", ofReference.replace("m=65536", "m=9999999")],
  ["no lanes", ofReference.replace("p=1", "p=0")],
  ["less memory than argon2 can work with", ofReference.replace("m=65536", "m=7")],
  ["a damaged end", ofReference.slice(0, -30)],
])("a stored hash with %s fits nothing", async (_case, hash) => {
  expect(await verifyPassword({ hash, password: "password" })).toBe(false);
});
