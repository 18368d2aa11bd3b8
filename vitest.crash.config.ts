import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Every test file is a process of its own, and many start others: what they import is compiled once, not each time.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, "node_modules/.cache/compiled");

/** The files that take longest first, so that none is left running alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ["statement-sweep-before", "crashpoints", "statement-sweep-after", "random-kills"];
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = order.findIndex((name) => moduleId.includes(name));
      return found < 0 ? order.length : found;
    };
    return files.toSorted((one, other) => rank(one) - rank(other));
  }
}

// Crash tests: processes of the built product that are killed. Much of it is waiting for leases and next looks, so
// three files share two cores.
export default defineConfig({
  oxc: { decorator: { legacy: true } },
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["test/crash/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 3,
    testTimeout: 300_000,
    hookTimeout: 240_000,
    sequence: { sequencer: LongestFirst },
    globalSetup: ["test/kit/global-setup.ts"],
  },
});
