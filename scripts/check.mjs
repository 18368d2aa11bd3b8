// pnpm check: format, lint with types, types, generated files up to date, boundaries, unused code.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./toolchain.mjs";

const schemaFile = path.join(root, "packages/schema/schema.graphql");
const schemaBefore = readFileSync(schemaFile, "utf8");

const steps = [
  ["generated files", "pnpm", ["run", "generate"]],
  ["format", "oxfmt", ["--check", "."]],
  ["lint", "pnpm", ["run", "lint"]],
  ["types of the server and tests", "tsc", ["-p", "tsconfig.json"]],
  ["types of the web application", "tsc", ["-p", "packages/web/tsconfig.json", "--noEmit"]],
  ["boundaries", "vitest", ["run", "--config", "vitest.architecture.config.ts"]],
  ["unused code", "knip", []],
];

const problems = [];
for (const [name, command, words] of steps) {
  const words2 = command === "pnpm" ? ["-y", "pnpm@12.21.0", ...words] : words;
  const started = Date.now();
  const result = spawnSync(command === "pnpm" ? "npx" : command, words2, { cwd: root, encoding: "utf8" });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (result.status === 0) {
    console.log(`ok    ${name} (${seconds} s)`);
  } else {
    console.log(
      `FAIL  ${name} (${seconds} s)\n${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`,
    );
    problems.push(name);
  }
}
if (readFileSync(schemaFile, "utf8") !== schemaBefore) {
  console.log("FAIL  packages/schema/schema.graphql was not up to date; it is now. Commit it.");
  problems.push("schema.graphql");
}
process.exit(problems.length === 0 ? 0 : 1);
