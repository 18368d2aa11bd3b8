import { expect, test } from "vitest";
import { encodeBase32, findTotpStep, makeTotp, makeTotpUri } from "./totp.ts";

/** RFC 6238, appendix B: the secret of the SHA-1 rows; the last six of its eight digits. */
const secret = Buffer.from("12345678901234567890");

test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
])("at %d seconds the code is %s", (seconds, code) => {
  expect(makeTotp(secret, Math.floor(seconds / 30))).toBe(code);
  expect(findTotpStep(secret, code, seconds)).toBe(Math.floor(seconds / 30));
});

test("a code counts one step early and one step late, and no further", () => {
  const step = 50_000_000;
  const code = makeTotp(secret, step);
  const found = [-2, -1, 0, 1, 2].map((away) => findTotpStep(secret, code, (step + away) * 30));
  expect(found).toEqual([null, step, step, step, null]);
});

test.each(["", "12345", "1234567", "abcdef", "２８７０８２"])("%j is no code", (code) => {
  expect(findTotpStep(secret, code, 59)).toBeNull();
});

test("the key is base32 as in RFC 4648", () => {
  const words = ["f", "fo", "foo", "foob", "fooba", "foobar"].map((word) => encodeBase32(Buffer.from(word)));
  expect(words).toEqual(["MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"]);
});

test("the address for the app names issuer and account", () => {
  expect(makeTotpUri(secret, { issuer: "Rehome", account: "sales&ops@example.com" })).toBe(
    "otpauth://totp/Rehome:sales%26ops%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Rehome",
  );
});
