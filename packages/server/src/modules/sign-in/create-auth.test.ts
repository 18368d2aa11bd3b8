import { randomBytes } from "node:crypto";
import pg from "pg";
import { expect, test } from "vitest";
import { createSecretBox } from "../../platform/secrets/secret-box.ts";
import { createAuth } from "./create-auth.ts";

function start(secret: string, production: boolean): () => unknown {
  const pool = new pg.Pool();
  const canonicalizeEmail = () => ({ status: "invalid" }) as const;
  return () =>
    createAuth({
      pool,
      baseUrl: "http://127.0.0.1:4000/",
      secret,
      production,
      canonicalizeEmail,
      secrets: createSecretBox(randomBytes(32)),
      recordSecurityChange: async () => {},
    });
}

test("a missing or short secret is refused everywhere", () => {
  expect(start("", false)).toThrow("at least 32 characters");
  expect(start("x1y2z3-a4b5c6-d7e8f9-g0h1i2-j3k", false)).toThrow("at least 32 characters");
});

test("a secret of few different characters is refused in production", () => {
  expect(start("secret".repeat(6), true)).toThrow("repeats too few characters");
  expect(start("secret".repeat(6), false)).not.toThrow();
});

test("the base URL counts with its origin alone", () => {
  expect(start("x1y2z3-a4b5c6-d7e8f9-g0h1i2-j3k4l5", true)()).toMatchObject({
    origin: "http://127.0.0.1:4000",
  });
});
