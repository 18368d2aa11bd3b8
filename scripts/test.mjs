// npm test: installs, checks, builds and runs every test, browser tests included. The last line counts them.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, install, tryPnpmRun } from "./toolchain.mjs";

install();
const results = mkdtempSync(path.join(tmpdir(), "rehome-results-"));
let passed = 0;
let failed = 0;

function count(suite) {
  const file = path.join(results, `${suite}.json`);
  const code = tryPnpmRun(suite, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`);
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
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
count("test:suite");
count("test:crash");
count("test:e2e");
rmSync(results, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
