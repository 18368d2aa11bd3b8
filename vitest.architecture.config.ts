import { defineConfig } from "vitest/config";

// Apart from the suite, so that `pnpm check` runs it without a database.
export default defineConfig({ test: { include: ["test/architecture.test.ts"], testTimeout: 120_000 } });
