import path from "node:path";
import { defineConfig } from "vitest/config";

// Many tests start processes: what these import is compiled once, not each time.
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
    // Files of a worker share what they import, the greater part of a start; each has a database and a server of its own.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    globalSetup: ["test/kit/global-setup.ts"],
  },
});
