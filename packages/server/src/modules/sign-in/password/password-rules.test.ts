import { describe, expect, test } from "vitest";
import { findPasswordProblem, type PasswordRules } from "./password-rules.ts";

const alone: PasswordRules = {
  hasTwoStep: false,
  contextWords: ["Dana Murphy-Öztürk", "dmurphy", "northwind", "rehome", "Northwind Traders"],
};
const withTwoStep: PasswordRules = { ...alone, hasTwoStep: true };

function codeOf(password: string, rules: PasswordRules): string | null {
  return findPasswordProblem(password, rules)?.code ?? null;
}

describe("a new password", () => {
  test.each([
    "correct horse battery staple",
    "sunny trombone 41 landing",
    "ünïcödé wörds längér",
    "the quick brown fox does not jump at all today, as it happens; it stays",
    "dana likes green bicycles",
    "x".padEnd(15, "qzjvkw!m"),
  ])("may be %j", (password) => {
    expect(codeOf(password, alone)).toBeNull();
  });

  test("has 15 characters alone and 8 with two-step sign-in, as people count them", () => {
    expect([codeOf("tulip7garden!x", alone), codeOf("tulip7garden!xy", alone)]).toEqual([
      "PASSWORD_TOO_SHORT",
      null,
    ]);
    expect([codeOf("tulip7g", withTwoStep), codeOf("tulip7gx", withTwoStep)]).toEqual([
      "PASSWORD_TOO_SHORT",
      null,
    ]);
    // Eight signs of two UTF-16 units each are eight characters.
    expect(codeOf("🐎🔋🧷🌊🎺🧊🍉🦔", alone)).toBe("PASSWORD_TOO_SHORT");
  });

  test("has 128 characters at most, and 64 are no trouble", () => {
    const long = "abandoned lighthouses keep their colour longer than painted doors ".repeat(2);
    expect([codeOf(long.slice(0, 64), alone), codeOf(long.slice(0, 128), alone)]).toEqual([null, null]);
    expect(codeOf(long.slice(0, 129), alone)).toBe("PASSWORD_TOO_LONG");
  });

  test("says how long it is and how long it must be", () => {
    expect(findPasswordProblem("fourteen chars", alone)?.message).toContain(
      "at least 15 characters; this has 14",
    );
  });
});

describe("a password that is guessed early is refused", () => {
  test.each([
    ["on the list", "password1", "PASSWORD_COMMON"],
    ["on the list in capitals", "PassWord1", "PASSWORD_COMMON"],
    ["on the list in wide letters", "ｐａｓｓｗｏｒｄ１", "PASSWORD_COMMON"],
    ["on the list with a year behind it", "sunshine2026", "PASSWORD_COMMON"],
    ["two of the list in a row", "sunshinefootball", "PASSWORD_COMMON"],
    ["one character over and over", "zzzzzzzzzzzzzzz", "PASSWORD_GUESSABLE"],
    ["a piece over and over", "qz7qz7qz7qz7qz7q", "PASSWORD_GUESSABLE"],
    ["counting up", "4567890123456789", "PASSWORD_GUESSABLE"],
    ["the alphabet backwards", "zyxwvutsrqponmlkj", "PASSWORD_GUESSABLE"],
    ["the product and the company", "rehome-Northwind-1", "PASSWORD_GUESSABLE"],
    ["the person's name", "Dana Murphy 1984!", "PASSWORD_GUESSABLE"],
    ["the email's parts", "dmurphy@northwind", "PASSWORD_GUESSABLE"],
    ["the name in other letters", "ＤＡＮＡ ÖZTÜRK !!!!!", "PASSWORD_GUESSABLE"],
  ])("%s", (_what, password, code) => {
    expect(codeOf(password, withTwoStep)).toBe(code);
  });

  test("and told which word is the trouble", () => {
    expect(findPasswordProblem("northwind northwind 1", alone)?.message).toContain("“northwind”");
  });
});
