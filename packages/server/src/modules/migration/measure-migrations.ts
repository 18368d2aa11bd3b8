import type { StatementRunner } from "../../platform/database/statement.ts";
import { Counter, Gauge, Histogram, type Registry } from "../../platform/metrics.ts";
import { migrationStates } from "./engine/states.ts";
import { countStalled } from "./live/count-stalled.ts";
import { measureMigrationsStatement, type MigrationMeasures } from "./sql/measure-migrations.ts";

/** One scrape asks every gauge in turn; they share one reading. */
const sharedFor = 1_000;

/** What one scrape tells of the migrations. */
type Reading = MigrationMeasures & { stalled: number };

/** Called after the statements of a batch, before its commit: people in it, and seconds it took. */
export type BatchMeter = (people: number, seconds: number) => void;

/**
 * Adds the metrics of migrations: what this process applied, and at each scrape the state of all migrations as the
 * database has it. Returns what the engine tells its batches to.
 */
export function measureMigrations(registry: Registry, fork: () => StatementRunner): BatchMeter {
  const registers = [registry];
  addStateGauges(registry, sharedReading(fork));
  const batches = new Counter({
    name: "rehome_batches_applied_total",
    help: "Batches applied by this process.",
    registers,
  });
  const people = new Counter({
    name: "rehome_people_applied_total",
    help: "People in those batches; its rate is people per second.",
    registers,
  });
  const latest = new Gauge({
    name: "rehome_batch_people_per_second",
    help: "People per second of the latest batch.",
    registers,
  });
  const durations = new Histogram({
    name: "rehome_batch_seconds",
    help: "How long the statements of a batch took.",
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  return (count, seconds) => {
    batches.inc();
    people.inc(count);
    durations.observe(seconds);
    latest.set(seconds > 0 ? count / seconds : 0);
  };
}

function addStateGauges(registry: Registry, read: () => Promise<Reading | undefined>): void {
  const registers = [registry];
  const states = new Gauge({
    name: "rehome_migrations",
    help: "Migrations by state.",
    labelNames: ["state"],
    registers,
    async collect() {
      const measures = await read();
      for (const state of migrationStates) {
        this.set({ state }, measures?.states[state] ?? 0);
      }
    },
  });
  states.reset();
  const plain: [string, string, (measures: Reading) => number][] = [
    [
      "rehome_engine_waiting_seconds",
      "Since the last event of the working migration that waits longest.",
      (m) => m.waiting,
    ],
    ["rehome_leases", "Migrations held by a worker.", (m) => m.leases],
    ["rehome_lease_age_seconds", "Since the oldest heartbeat of a lease.", (m) => m.leaseAge],
    [
      "rehome_migrations_stalled",
      "Migrations that should be moving and do not, as their pages judge it (REHOME_STALL_SECONDS).",
      (m) => m.stalled,
    ],
  ];
  for (const [name, help, pick] of plain) {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const measures = await read();
        this.set(measures === undefined ? Number.NaN : pick(measures));
      },
    });
  }
  new Gauge({
    name: "rehome_access_proofs",
    help: "Access proofs by verdict; stale ones are being computed again.",
    labelNames: ["verdict"],
    registers,
    async collect() {
      const measures = await read();
      this.set({ verdict: "passed" }, measures?.proofsPassed ?? Number.NaN);
      this.set({ verdict: "failed" }, measures?.proofsFailed ?? Number.NaN);
      this.set({ verdict: "stale" }, measures?.proofsStale ?? Number.NaN);
    },
  });
}

/** Undefined while the database does not answer: the other metrics are needed most then. */
function sharedReading(fork: () => StatementRunner): () => Promise<Reading | undefined> {
  let reading: { at: number; measures: Promise<Reading | undefined> } | undefined;
  return () => {
    const now = performance.now();
    if (reading === undefined || now - reading.at > sharedFor) {
      reading = { at: now, measures: readMeasures(fork()).catch(() => undefined) };
    }
    return reading.measures;
  };
}

async function readMeasures(em: StatementRunner): Promise<Reading | undefined> {
  const [row] = await measureMigrationsStatement.run(em);
  return row === undefined ? undefined : { ...row, stalled: await countStalled(em) };
}
