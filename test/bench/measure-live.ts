import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { ratio, type GoalLine } from "./goal-line.ts";
import { root } from "./served-product.ts";
import type { Measured } from "./subscribers.ts";

/** P5: delivery to 1,000 and 5,000 subscribers, beside a server that only sends. */
export async function measureLive(): Promise<GoalLine[]> {
  process.stdout.write("live delivery, 1,000 and 5,000 subscribers\n");
  const program = path.join(root, "test/bench/subscribers.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", program, "--seconds", "10", "--json"],
    { cwd: root, maxBuffer: 16 * 1024 * 1024 },
  );
  const results = JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]") as Measured[];
  const of = (name: string, subscribers: number): Measured => {
    const found = results.find((row) => row.name === name && row.subscribers === subscribers);
    if (found === undefined) {
      throw new Error(`Nothing was measured for ${name} and ${subscribers} sockets`);
    }
    return found;
  };
  const [floor, ours, many] = [of("floor", 1_000), of("rehome", 1_000), of("rehome", 5_000)];
  const cost = ours.cpuSeconds / floor.cpuSeconds;
  const share = (100 * many.received) / many.expected;
  return [
    {
      goal: "P5",
      what: `1,000 subscribers at 10 events/s: p50 ${ours.p50.toFixed(0)} ms, p99 (floor ${floor.p99.toFixed(0)} ms)`,
      measured: `${ours.p99.toFixed(0)} ms`,
      limit: "< 60 ms",
      met: ours.p99 < 60,
    },
    {
      goal: "P5",
      what: `processor time for 1,000 subscribers, ${ours.cpuSeconds.toFixed(1)} s against the floor's ${floor.cpuSeconds.toFixed(1)} s`,
      measured: ratio(cost),
      limit: "≤ 2.00 ×",
      met: cost <= 2,
    },
    {
      goal: "P5",
      what: `5,000 subscribers at 10 events/s, delivered (p99 ${(many.p99 / 1000).toFixed(1)} s)`,
      measured: `${share.toFixed(2)} %`,
      limit: "100 %",
      met: many.received === many.expected && many.faulty === 0,
    },
  ];
}
