import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { customersCsv, projectsCsv } from "../../packages/server/src/modules/demo/index.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { startProcess, type Started } from "../crash/restarting-server.ts";
import { apply, createMigration, createSite, decide, plan, untilState, upload } from "./api-steps.ts";
import { ratio, type GoalLine } from "./goal-line.ts";
import { ServedProduct } from "./served-product.ts";

const customers = 20_000;
const ends = ["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED"];
/** One run and one batch at a time, so that a worker takes one core and a second one has another to take. */
const narrow = { REHOME_MIGRATIONS_AT_ONCE: "1", REHOME_BATCHES_AT_ONCE: "1", REHOME_BATCH_SIZE: "1000" };

/** P8 and P9: a server that only serves, beside worker processes on its database. */
export async function measureWorkers(wanted: (goal: string) => boolean): Promise<GoalLine[]> {
  process.stdout.write(`workers, runs of ${customers.toLocaleString("en")} people\n`);
  const product = await ServedProduct.start(1_000, { REHOME_ENGINE: "off" });
  try {
    const admin = await product.signIn();
    const runs = await prepareRuns(product, admin, 5);
    const lines: GoalLine[] = [];
    if (wanted("P9")) {
      const one = await timeRuns(product, admin, runs.slice(0, 2), 1);
      const two = await timeRuns(product, admin, runs.slice(2, 4), 2);
      lines.push({
        goal: "P9",
        what: `two runs by one worker ${one.toFixed(1)} s, by two workers ${two.toFixed(1)} s, a batch at a time each`,
        measured: ratio(one / two),
        limit: "≥ 1.60 × where cores allow",
        met: one / two >= 1.6,
      });
    }
    if (wanted("P8")) {
      const seconds = (await takeOver(product, admin, runs[4] ?? "")) / 1000;
      lines.push({
        goal: "P8",
        what: "next batch after the worker that drove the run was killed with -9",
        measured: `${seconds.toFixed(1)} s`,
        limit: "< 30 s",
        met: seconds < 30,
      });
    }
    return lines;
  } finally {
    await product.stop();
  }
}

/** Migrations of the same people to as many destinations, planned and approved. */
async function prepareRuns(product: ServedProduct, admin: ApiClient, count: number): Promise<string[]> {
  const { viewer } = await admin.query<{ viewer: { organizations: { id: string }[] } }>(
    "{ viewer { organizations { id } } }",
  );
  const organizationId = viewer.organizations[0]?.id ?? "";
  const worker = await startWorker(product, {});
  try {
    const source = await createSite(admin, organizationId, "Worker Source", "worker-source");
    for (const [kind, text] of [
      ["PROJECTS", projectsCsv("source", { customers })],
      ["CUSTOMERS", customersCsv("source", { customers })],
    ] as const) {
      await apply(admin, (await upload(admin, source, kind, text)).id);
    }
    const runs: string[] = [];
    for (let number = 1; number <= count; number += 1) {
      const name = `Worker Destination ${number}`;
      const site = await createSite(admin, organizationId, name, `worker-destination-${number}`);
      const projects = projectsCsv("destination", { customers });
      await apply(admin, (await upload(admin, site, "PROJECTS", projects)).id);
      const id = await createMigration(admin, source, site);
      const fingerprint = await plan(admin, id);
      await decide(
        admin,
        `approveMigration(input: { migrationId: "${id}", fingerprint: "${fingerprint}", confirmSiteName: "${name}" })`,
      );
      runs.push(id);
    }
    return runs;
  } finally {
    await end(worker, "SIGTERM");
  }
}

/** Seconds from the moment the workers are ready to the end of all runs. */
async function timeRuns(
  product: ServedProduct,
  admin: ApiClient,
  runs: readonly string[],
  count: number,
): Promise<number> {
  for (const id of runs) {
    await decide(admin, `startMigration(input: { migrationId: "${id}" })`);
  }
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(product, narrow)));
  const started = performance.now();
  try {
    for (const id of runs) {
      await untilState(admin, id, ends);
    }
    return (performance.now() - started) / 1000;
  } finally {
    await Promise.all(workers.map((worker) => end(worker, "SIGTERM")));
  }
}

/** Milliseconds on the database's clock from the kill of the worker that drives the run to the next batch. */
async function takeOver(product: ServedProduct, admin: ApiClient, id: string): Promise<number> {
  const slow = { ...narrow, REHOME_BATCH_SIZE: "200", REHOME_BATCH_PAUSE_MS: "100" };
  await decide(admin, `startMigration(input: { migrationId: "${id}" })`);
  const workers = await Promise.all([1, 2].map(() => startWorker(product, slow)));
  const client = await product.connect();
  const read = async <Row>(sql: string, parameters: unknown[]): Promise<Row | undefined> =>
    (await client.query(sql, parameters)).rows[0] as Row | undefined;
  try {
    let pid = 0;
    while (pid === 0) {
      await wait(50);
      const lease = await read<{ worker: string }>(
        `select l.worker from migration_lease l join migration m on m.id = l.migration_id
         where m.id = $1 and m.applied_ordinal > 0`,
        [id],
      );
      pid = Number(lease?.worker.split("-").at(-2) ?? 0);
    }
    const driver = workers.find(({ child }) => child.pid === pid);
    if (driver === undefined) {
      throw new Error(`No worker has pid ${pid}`);
    }
    await end(driver, "SIGKILL");
    const before = await read<{ at: Date; sequence: string }>(
      "select clock_timestamp() as at, last_sequence as sequence from migration where id = $1",
      [id],
    );
    for (;;) {
      const next = await read<{ at: Date | null }>(
        "select min(at) as at from migration_event where migration_id = $1 and sequence > $2 and type = 'BATCH_APPLIED'",
        [id, before?.sequence],
      );
      if (next?.at != null && before !== undefined) {
        return next.at.getTime() - before.at.getTime();
      }
      await wait(20);
    }
  } finally {
    await client.end();
    await Promise.all(workers.map((worker) => end(worker, "SIGTERM")));
  }
}

function startWorker(product: ServedProduct, environment: Record<string, string>): Promise<Started> {
  return startProcess("worker", { ...environment, DATABASE_URL: product.connectionString() });
}

async function end({ child }: Started, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, "exit");
  }
}
