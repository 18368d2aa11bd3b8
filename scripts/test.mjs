// npm test: installs, checks, builds and runs every test, browser tests included. The last line counts them.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, install, tryPnpmRun } from "./toolchain.mjs";

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
// One after the other: each keeps every core busy, and browser tests that starve fail for no fault of the product.
for (const suite of ["test:suite", "test:e2e", "test:crash"]) {
  count(suite, tryPnpmRun(suite, ...reporters(suite)));
}
rmSync(results, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
