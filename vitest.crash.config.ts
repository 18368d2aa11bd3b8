import { defineConfig } from "vitest/config";

// Crash tests: processes of the built product that are killed, one test file after the other.
export default defineConfig({
  oxc: { decorator: { legacy: true } },
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["test/crash/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 240_000,
    globalSetup: ["test/kit/global-setup.ts"],
  },
});
