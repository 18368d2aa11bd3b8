import { expect, test } from "vitest";
import { hashRecoveryCode, makeRecoveryCodes } from "./recovery-codes.ts";

test("ten codes are made, all different, of letters that are not read as others", () => {
  const codes = makeRecoveryCodes();
  expect(new Set(codes)).toHaveLength(10);
  expect(codes.every((code) => /^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}$/.test(code))).toBe(true);
});

test("every letter comes up, so that none of the bits is lost", () => {
  const letters = new Set(Array.from({ length: 50 }, makeRecoveryCodes).flat().join("").replaceAll("-", ""));
  expect(letters).toHaveLength(32);
});

test("spaces, dashes and capitals do not matter; whose it is does", () => {
  const hash = hashRecoveryCode("somebody", "abcd-efgh-ijkm-npqr");
  expect(hashRecoveryCode("somebody", " ABCD EFGHijkm-npqr ")).toEqual(hash);
  expect(hashRecoveryCode("somebody else", "abcd-efgh-ijkm-npqr")).not.toEqual(hash);
});
