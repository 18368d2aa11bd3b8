import { describe, expect, test } from "vitest";
import { needsRehash, verifyPassword } from "./password-hash.ts";
import { readStoredHash } from "./stored-hash.ts";

const phrase = "correct horse battery staple";

/** Each made by another program than the one that checks it here. */
const known: [format: string, password: string, hash: string][] = [
  // Openwall's crypt_blowfish, its own test vector.
  ["bcrypt $2a", "U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"],
  // libxcrypt's crypt(3).
  ["bcrypt $2b", phrase, "$2b$06$abcdefghijklmnopqrstuu10cNU3mXRamSUZYs8I8M/Szu..qXq5K"],
  ["bcrypt $2y", phrase, "$2y$06$abcdefghijklmnopqrstuu10cNU3mXRamSUZYs8I8M/Szu..qXq5K"],
  // Python's hashlib.
  [
    "scrypt",
    phrase,
    "$scrypt$ln=14,r=8,p=1$ABEiM0RVZneImaq7zN3u/w$/NWljVMBu8ROkPyaU/FWE0uu55XrdzXtZHPahuNLqTA",
  ],
  ["Django's PBKDF2", phrase, "pbkdf2_sha256$260000$seasalt$E2mD54hHRBD9/QaYlRQ0tKByc/hoeW8FUsx1qlfLA7A="],
  [
    "PBKDF2 as PHC",
    phrase,
    "$pbkdf2-sha256$i=29000,l=32$ABEiM0RVZneImaq7zN3u/w$Y9wd07DVb/KAM+N7UE6Mkf/9t95HvMEi8GdkCXL/1MA",
  ],
  [
    "passlib's PBKDF2 with SHA-512",
    phrase,
    "$pbkdf2-sha512$25000$ABEiM0RVZneImaq7zN3u/w$MdHDVeKr1RWxzMJ1W5arUdEEFRmHHJAPLjYznCSJhQH41aFulZUB6bcFLtVbV9rHTrHzUJvMyaCy9PnWtZo4.A",
  ],
  // passlib's documentation.
  [
    "passlib's PBKDF2 with SHA-256",
    "password",
    "$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44",
  ],
  [
    "passlib's scrypt",
    "password",
    "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
  ],
  // The reference implementation's src/test.c.
  [
    "argon2i",
    "password",
    "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
  ],
  [
    "argon2id",
    "password",
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
  ],
];

describe("hashes of other systems", () => {
  test.each(known)(
    "%s fits its password and no other, and is to be replaced",
    async (_format, password, hash) => {
      expect(await verifyPassword({ hash, password })).toBe(true);
      expect(await verifyPassword({ hash, password: `${password}.` })).toBe(false);
      expect(needsRehash(hash)).toBe(true);
    },
  );
});

const [, , scryptHash = ""] = known[3] ?? [];
const [, , pbkdf2Hash = ""] = known[5] ?? [];
const [, , argonHash = ""] = known[10] ?? [];

describe("a hash that asks for too much", () => {
  test.each([
    ["bcrypt of 2^15 rounds", "$2b$15$abcdefghijklmnopqrstuu10cNU3mXRamSUZYs8I8M/Szu..qXq5K"],
    ["bcrypt of 2^31 rounds", "$2b$31$abcdefghijklmnopqrstuu10cNU3mXRamSUZYs8I8M/Szu..qXq5K"],
    ["scrypt of 1 GiB", scryptHash.replace("ln=14", "ln=20")],
    ["scrypt of 2^63", scryptHash.replace("ln=14", "ln=63")],
    ["scrypt of huge blocks", scryptHash.replace("r=8", "r=999")],
    ["scrypt of many lanes", scryptHash.replace("p=1", "p=999")],
    ["PBKDF2 of a billion", pbkdf2Hash.replace("i=29000", "i=999999999")],
    ["PBKDF2 of two million and one", pbkdf2Hash.replace("i=29000", "i=2000001")],
    ["argon2 of 9 GiB", argonHash.replace("m=65536", "m=9999999")],
    ["argon2 of many passes", argonHash.replace("t=2", "t=17")],
    ["argon2 of 256 MiB sixteen times", argonHash.replace("m=65536,t=2", "m=262144,t=16")],
  ])("%s is told by its cost and takes no time to refuse", async (_what, hash) => {
    expect(readStoredHash(hash)).toBe("too costly");
    const begun = performance.now();
    expect(await verifyPassword({ hash, password: phrase })).toBe(false);
    expect(performance.now() - begun).toBeLessThan(50);
  });

  test.each([
    ["nothing", ""],
    ["a plain password", phrase],
    ["MD5", "5f4dcc3b5aa765d61d8327deb882cf99"],
    ["an old bcrypt", "$2$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"],
    ["a cut bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe"],
    ["scrypt without blocks", scryptHash.replace("r=8", "r=0")],
    ["PBKDF2 without iterations", pbkdf2Hash.replace("i=29000", "i=0")],
    ["PBKDF2 of eight bytes", "$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdYw$Y11AchqV4b0"],
    ["argon2d", argonHash.replace("argon2id", "argon2d")],
  ])("%s is told by its format", (_what, hash) => {
    expect(readStoredHash(hash)).toBe("unknown format");
  });
});
