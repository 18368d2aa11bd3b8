// npm test: installs, checks, builds and runs every test, browser tests included. The last line counts them.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, install, pnpmRunBeside, tryPnpmRun } from "./toolchain.mjs";

install();
const results = mkdtempSync(path.join(tmpdir(), "rehome-results-"));
let passed = 0;
let failed = 0;

function reporters(suite) {
  return [
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${path.join(results, `${suite}.json`)}`,
  ];
}

function count(suite, code) {
  try {
    const report = JSON.parse(readFileSync(path.join(results, `${suite}.json`), "utf8"));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    // A file that cannot even be loaded, or a fault outside any test, has no failed test to count.
    if (code !== 0 && report.numFailedTests === 0) {
      failed += 1;
    }
  } catch {
    failed += 1;
  }
}

if (tryPnpmRun("check") === 0) {
  passed += 1;
} else {
  failed += 1;
}
build();
count("test:suite", tryPnpmRun("test:suite", ...reporters("test:suite")));
// Both wait much of the time, for leases and for pages, so together they take little longer than one.
const besides = ["test:crash", "test:e2e"];
console.log(`Running ${besides.join(" and ")} side by side; each tells its results when it has ended …`);
await Promise.all(
  besides.map(async (suite) => count(suite, await pnpmRunBeside(suite, ...reporters(suite)))),
);
rmSync(results, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
