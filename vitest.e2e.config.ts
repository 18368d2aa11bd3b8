import path from "node:path";
import { defineConfig } from "vitest/config";

// Every test file is a process of its own, and many start others: what they import is compiled once, not each time.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, "node_modules/.cache/compiled");

// Browser tests: the built product, a server and a browser for each file. They wait about half of the time.
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
