// pnpm bench [--customers N] [--only P1,P4,…] [--record]: goals P1 to P9 against the built product on its embedded
// database, one line each, beside what bare programs reach in the same run.
import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { goalTable, type GoalLine } from "./goal-line.ts";
import { measureGoals } from "./measure-goals.ts";
import { root } from "./served-product.ts";

const { values } = parseArgs({
  options: {
    customers: { type: "string", default: "100000" },
    only: { type: "string" },
    record: { type: "boolean", default: false },
  },
});
const customers = Number(values.customers);
if (!Number.isInteger(customers) || customers < 1_000) {
  throw new Error("--customers takes a number from 1000 on");
}
const only = values.only?.split(",").map((goal) => goal.trim().toUpperCase());
const lines = await measureGoals(customers, (goal) => only === undefined || only.includes(goal));
process.stdout.write(`\n${goalTable(lines)}`);
if (values.record) {
  record(lines);
}

function record(measured: readonly GoalLine[]): void {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], {
    cwd: root,
    encoding: "utf8",
  }).trim();
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, embedded PostgreSQL 18`;
  const command = `pnpm bench --customers ${customers}${only === undefined ? "" : ` --only ${only.join(",")}`} --record`;
  appendFileSync(
    path.join(root, "docs/benchmarks.md"),
    `\n## ${date}, ${customers.toLocaleString("en")} customers\n\n\`${command}\` on commit ${commit}; ${machine}.\n\n${goalTable(measured)}`,
  );
}
