import { readFileSync } from "node:fs";
import { askWhile, type QueryTimes } from "./admin-queries.ts";
import { runBareBatches } from "./bare-batches.ts";
import { runBareStaging } from "./bare-staging.ts";
import { p95, perSecond, ratio, type GoalLine } from "./goal-line.ts";
import { measureListQuery } from "./list-query.ts";
import { phaseNames, runMainJob, type MainJob } from "./main-job.ts";
import { measureLive } from "./measure-live.ts";
import { ServedProduct } from "./served-product.ts";
import { measureWorkers } from "./workers.ts";

const batchSize = 5_000;
/** Goals that the main job answers; asking for one runs it. */
const ofMainJob = ["P1", "P2", "P3", "P4", "P6", "P7"];

/** Measures the goals asked for, one product at a time, and says what was left out. */
export async function measureGoals(
  customers: number,
  wanted: (goal: string) => boolean,
): Promise<GoalLine[]> {
  const lines: GoalLine[] = [];
  if (ofMainJob.some(wanted)) {
    lines.push(...(await measureMainJob(customers, wanted)));
  }
  if (wanted("P5")) {
    lines.push(...(await measureLive()));
  }
  if (wanted("P8") || wanted("P9")) {
    lines.push(...(await measureWorkers(wanted)));
  }
  return lines.toSorted((a, b) => a.goal.localeCompare(b.goal));
}

async function measureMainJob(customers: number, wanted: (goal: string) => boolean): Promise<GoalLine[]> {
  const lines: GoalLine[] = [];
  process.stdout.write(`main job, ${customers.toLocaleString("en")} people\n`);
  const product = await ServedProduct.start(batchSize);
  let job: MainJob | undefined;
  try {
    let times: QueryTimes = new Map();
    job = await runMainJob(product, customers, async (admin, scope, ended) => {
      if (wanted("P7")) {
        times = await askWhile(admin, scope, ended);
      }
    });
    // Before anything else talks to the server.
    const peak = product.peakMegabytes();
    if (wanted("P1")) {
      lines.push(...(await linesOfP1(product, job)));
    }
    if (wanted("P3")) {
      lines.push({
        goal: "P3",
        what: "most memory of the server process",
        measured: `${peak} MB`,
        limit: "400 MB",
        met: peak <= 400,
      });
    }
    if (wanted("P4")) {
      lines.push(await lineOfP4(product, job));
    }
    if (wanted("P6")) {
      lines.push(await lineOfP6(product, job));
    }
    if (wanted("P7")) {
      lines.push(...linesOfP7(times));
    }
  } finally {
    await job?.forget();
    await product.stop();
  }
  return wanted("P2") ? [...lines, ...(await linesOfP2(job))] : lines;
}

async function linesOfP1(product: ServedProduct, job: MainJob): Promise<GoalLine[]> {
  const client = await product.connect();
  try {
    const bare = await runBareBatches(client, job, batchSize);
    const share = bare / job.seconds.apply;
    const millions = job.customers / 1_000_000;
    return [
      {
        goal: "P1",
        what: `${job.customers.toLocaleString("en")} people: ${phaseNames.map((name) => `${name} ${job.seconds[name].toFixed(1)}`).join(", ")}`,
        measured: `${job.total.toFixed(1)} s`,
        limit: `${(120 * millions).toFixed(1)} s`,
        met: job.total <= 120 * millions,
      },
      {
        goal: "P1",
        what: `apply, ${perSecond(job.customers, job.seconds.apply)} against bare batches ${perSecond(job.customers, bare)}`,
        measured: ratio(share),
        limit: "≥ 0.80 ×",
        met: share >= 0.8,
      },
    ];
  } finally {
    await client.end();
  }
}

async function linesOfP2(large: MainJob): Promise<GoalLine[]> {
  const small = await runSmall(large.customers / 10, batchSize);
  const largeBatches = await runSmall(large.customers / 10, 20_000);
  const growth = large.total / small.total;
  const share = small.seconds.apply / largeBatches.seconds.apply;
  return [
    {
      goal: "P2",
      what: `${large.customers.toLocaleString("en")} people against ${small.customers.toLocaleString("en")}`,
      measured: ratio(growth),
      limit: "≤ 11.00 ×",
      met: growth <= 11,
    },
    {
      goal: "P2",
      what: "speed of batches of 20,000 against 5,000",
      measured: ratio(share),
      limit: "≥ 0.90 ×",
      met: share >= 0.9,
    },
  ];
}

async function runSmall(customers: number, size: number): Promise<MainJob> {
  process.stdout.write(`main job, ${customers.toLocaleString("en")} people, batches of ${size}\n`);
  const product = await ServedProduct.start(size);
  try {
    const job = await runMainJob(product, customers);
    await job.forget();
    return job;
  } finally {
    await product.stop();
  }
}

async function lineOfP4(product: ServedProduct, job: MainJob): Promise<GoalLine> {
  const client = await product.connect();
  try {
    const header = readFileSync(job.customersFile, "utf8").split("\r\n", 1)[0] ?? "";
    const bare = await runBareStaging(client, job.customersFile, header.split(",").length);
    const share = bare / job.seconds.stage;
    return {
      goal: "P4",
      what: `staging ${perSecond(job.customers, job.seconds.stage)} against csv-parse and COPY ${perSecond(job.customers, bare)}`,
      measured: ratio(share),
      limit: "≥ 0.70 ×",
      met: share >= 0.7,
    };
  } finally {
    await client.end();
  }
}

async function lineOfP6(product: ServedProduct, job: MainJob): Promise<GoalLine> {
  const admin = await product.signIn();
  const cost = await measureListQuery(product, admin, job.organizationId);
  const times = cost.product / cost.mercurius;
  return {
    goal: "P6",
    what: `list of 50 people, ${cost.product.toFixed(2)} ms of processor against mercurius with JIT ${cost.mercurius.toFixed(2)} ms`,
    measured: ratio(times),
    limit: "≤ 2.00 ×",
    met: times <= 2,
  };
}

function linesOfP7(times: QueryTimes): GoalLine[] {
  return [...times].map(([name, milliseconds]) => {
    const value = p95(milliseconds);
    return {
      goal: "P7",
      what: `${name}, while the run goes on (${milliseconds.length} times)`,
      measured: `${value.toFixed(0)} ms`,
      limit: "p95 ≤ 100 ms",
      met: value <= 100,
    };
  });
}
