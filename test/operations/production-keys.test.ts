import { describe, expect, it } from "vitest";
import { readConfig } from "../../packages/server/src/config.ts";
import { loadMasterKey } from "../../packages/server/src/master-key.ts";
import { loadSecret } from "../../packages/server/src/secret.ts";

const inProduction = { NODE_ENV: "production", DATABASE_URL: "postgresql://db.example/rehome" };

describe("in production", () => {
  it.each([
    ["no secret", undefined, /REHOME_SECRET is missing/],
    ["a short one", "x8Kq2", /REHOME_SECRET: needs at least 32 characters/],
    ["one of few characters", "ab".repeat(20), /REHOME_SECRET repeats too few characters/],
    ["the one of an example", "please-change-me-please-change-me-1", /REHOME_SECRET holds a word/],
    ["a word and numbers", "mysecret-4711-0815-98127361-abcdefg", /REHOME_SECRET holds a word/],
    ["a row of the keyboard", "qwertyuiopasdfghjklzxcvbnm12345678", /REHOME_SECRET holds a word/],
    ["the tests' own", "a secret for tests only, long enough", /REHOME_SECRET holds a word/],
  ])("%s: refused at the start by the setting's name", (_what, secret, said) => {
    expect(() => loadSecret(readConfig({ ...inProduction, REHOME_SECRET: secret }))).toThrow(said);
  });

  it("a random one: taken", () => {
    const secret = "Vt3zO6yJqg0mWkXn5cR1uHs8bLdPfYiE2aQwNxKzM4U=";
    expect(loadSecret(readConfig({ ...inProduction, REHOME_SECRET: secret }))).toBe(secret);
  });

  it.each([
    ["no master key", undefined, /REHOME_MASTER_KEY is missing/],
    ["one of zeros", Buffer.alloc(32).toString("base64"), /REHOME_MASTER_KEY repeats too few bytes/],
    ["half a one", Buffer.alloc(16, "ab3x").toString("base64"), /REHOME_MASTER_KEY needs 32 bytes/],
  ])("%s: refused at the start by the setting's name", (_what, key, said) => {
    expect(() => loadMasterKey(readConfig({ ...inProduction, REHOME_MASTER_KEY: key }))).toThrow(said);
  });
});
