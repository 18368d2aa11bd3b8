// pnpm verify:mutations: removes one lock, fence or unique index at a time from a copy of the sources and runs the tests
// that must notice. Prints a line for each; ends with 1 when one went unnoticed. The list is in mutation-list.mjs.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { mutations } from "./mutation-list.mjs";
import { productNode, root } from "./toolchain.mjs";

const copy = mkdtempSync(path.join(tmpdir(), "rehome-mutations-"));
const only = process.argv.slice(2);
let unnoticed = 0;
try {
  const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
  for (const file of files) {
    cpSync(path.join(root, file), path.join(copy, file), { recursive: true });
  }
  for (const folder of ["", "packages/server", "packages/web", "packages/schema"]) {
    const modules = path.join(folder, "node_modules");
    symlinkSync(path.join(root, modules), path.join(copy, modules));
  }
  const documented = readFileSync(path.join(root, "docs/crash-tests.md"), "utf8");
  for (const { name, file, find, replace, tests } of mutations) {
    if (!documented.includes(`| ${name} `)) {
      throw new Error(`${name} is not in the list in docs/crash-tests.md`);
    }
    if (only.length > 0 && !only.includes(name)) {
      continue;
    }
    const target = path.join(copy, file);
    const source = readFileSync(target, "utf8");
    if (source.split(find).length !== 2) {
      throw new Error(
        `${name}: the text to replace stands ${source.split(find).length - 1} times in ${file}`,
      );
    }
    writeFileSync(target, source.replace(find, replace));
    const run = spawnSync(
      // Whatever started this: on an older Node everything fails, which would look like being noticed.
      productNode(),
      [path.join(root, "node_modules/vitest/vitest.mjs"), "run", ...tests],
      {
        cwd: copy,
        env: { ...process.env, NO_COLOR: "1" },
        encoding: "utf8",
      },
    );
    writeFileSync(target, source);
    const failed = /Tests {2}(\d+) failed/.exec(`${run.stdout}${run.stderr}`)?.[1] ?? "0";
    const noticed = run.status !== 0 && Number(failed) > 0;
    unnoticed += noticed ? 0 : 1;
    console.log(`${noticed ? "noticed " : "UNNOTICED"} ${name.padEnd(34)} ${failed} tests failed`);
    if (!noticed && run.status !== 0) {
      console.log(run.stdout.slice(-2000), run.stderr.slice(-2000));
    }
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exit(unnoticed === 0 ? 0 : 1);
