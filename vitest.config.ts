import path from "node:path";
import { defineConfig } from "vitest/config";

// Every test file is a process of its own, and many start others: what they import is compiled once, not each time.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, "node_modules/.cache/compiled");

export default defineConfig({
  // type-graphql uses legacy decorators; vitest loads graphql twice without the alias.
  oxc: { decorator: { legacy: true } },
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["packages/*/src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    exclude: [
      "**/node_modules/**",
      "**/dist/**",
      "test/e2e/**",
      "test/crash/**",
      "test/architecture.test.ts",
    ],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    globalSetup: ["test/kit/global-setup.ts"],
  },
});
