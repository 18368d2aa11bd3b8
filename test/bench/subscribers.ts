// pnpm bench:live [--subscribers 1000,5000] [--rate 10] [--seconds 20] [--json]: how fast an event reaches everyone who follows
// a run, and what it costs, beside a server that does nothing but send. TEST_DATABASE_URL uses another PostgreSQL.
import { fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ApiClient } from "../kit/api-client.ts";
import { startServerProcess, type ServerProcess } from "../kit/server-process.ts";
import { openBenchDatabase, password } from "./live-database.ts";
import type { LoadOrder, LoadResult } from "./subscriber-load-child.ts";

const { values } = parseArgs({
  options: {
    subscribers: { type: "string", default: "1000,5000" },
    rate: { type: "string", default: "10" },
    seconds: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
  },
});
const sizes = values.subscribers.split(",").map((size) => Math.min(10_000, Number(size)));
const rate = Math.min(100, Number(values.rate));
const seconds = Math.min(120, Number(values.seconds));
const document = `subscription Events($id: ID!, $after: Int!) {
  migrationEvents(migrationId: $id, afterSequence: $after) { migrationId sequence type summary payload at }
}`;

/** What one server did for so many sockets. */
export interface Measured extends LoadResult {
  name: string;
  subscribers: number;
  expected: number;
  cpuSeconds: number;
}

/** Sends one event; `sentAt` is the wall clock in milliseconds, `number` counts from 1. */
type Send = (event: { number: number; sentAt: number }) => Promise<void> | void;

const database = await openBenchDatabase();
const results: Measured[] = [];
try {
  for (const subscribers of sizes) {
    results.push(await measureFloor(subscribers), await measureProduct(subscribers));
  }
} finally {
  await database.close();
}
if (values.json) {
  process.stdout.write(`${JSON.stringify(results)}\n`);
} else {
  print();
}

async function measureFloor(subscribers: number): Promise<Measured> {
  const floor = fork(path.join(import.meta.dirname, "socket-floor-child.ts"), {
    execArgv: ["--import", "tsx"],
  });
  const { port } = (await nextMessage(floor, "port")) as { port: number };
  const order = { url: `ws://127.0.0.1:${port}`, cookies: [], subscribe: null };
  const send: Send = (payload) => {
    floor.send({
      migrationId: randomUUID(),
      sequence: payload.number,
      type: "BATCH_APPLIED",
      summary: `Rows of batch ${payload.number}`,
      payload,
      at: new Date().toISOString(),
    });
  };
  try {
    return await measure("floor", subscribers, order, send, floor.pid ?? 0);
  } finally {
    floor.disconnect();
  }
}

async function measureProduct(subscribers: number): Promise<Measured> {
  const server: ServerProcess = await startServerProcess({
    DATABASE_URL: database.url,
    REHOME_SECRET: "a secret for measuring only, long enough",
    REHOME_SIGN_INS_PER_MINUTE: "1000",
    PORT: "0",
  });
  try {
    const clients = await Promise.all(
      database.emails.map((email) => ApiClient.signIn(server.url, email, password)),
    );
    const id = database.migrationId;
    const { rows } = await database.pool.query<{ last: number }>(
      "select last_sequence::int as last from migration where id = $1",
      [id],
    );
    const order = {
      url: `${server.url.replace("http", "ws")}/graphql`,
      cookies: clients.map((client) => client.cookie),
      subscribe: { query: document, variables: { id, after: rows[0]?.last ?? 0 } },
    };
    return await measure("rehome", subscribers, order, (payload) => appendEvent(id, payload), server.pid);
  } finally {
    await server.end("SIGTERM");
  }
}

/** As a batch of the engine writes it: the event and its announcement in one transaction. */
async function appendEvent(id: string, payload: { number: number; sentAt: number }): Promise<void> {
  await database.pool.query(
    `with counted as (update migration set last_sequence = last_sequence + 1 where id = $1 returning id, last_sequence),
       written as (insert into migration_event (migration_id, sequence, type, summary, payload)
         select id, last_sequence, 'BATCH_APPLIED', $2, $3::jsonb from counted)
     select pg_notify('rehome_live', 'migration:' || $1::text)`,
    [id, `Rows of batch ${payload.number}`, JSON.stringify(payload)],
  );
}

async function measure(
  name: string,
  subscribers: number,
  order: Pick<LoadOrder, "url" | "cookies" | "subscribe">,
  send: Send,
  pid: number,
): Promise<Measured> {
  const load = fork(path.join(import.meta.dirname, "subscriber-load-child.ts"), {
    execArgv: ["--import", "tsx"],
  });
  load.send({ ...order, count: subscribers, quiet: 5_000 } satisfies LoadOrder);
  await nextMessage(load, "connected");
  let number = 0;
  const sendNext = async (): Promise<void> => {
    number += 1;
    await send({ number, sentAt: performance.timeOrigin + performance.now() });
  };
  const everyoneReady = nextMessage(load, "ready");
  // Until everyone has got something; a subscription may still be on its way when the sockets are open.
  const warmUp = setInterval(() => void sendNext(), 500);
  await everyoneReady;
  clearInterval(warmUp);
  await sleep(1_000);
  load.send("measure");
  await nextMessage(load, "measuring");
  const result = nextMessage(load, "result") as Promise<{ result: LoadResult }>;
  const cpuBefore = cpuSeconds(pid);
  const events = rate * seconds;
  const started = performance.now();
  for (let index = 0; index < events; index += 1) {
    await sleep(Math.max(0, started + (index * 1_000) / rate - performance.now()));
    void sendNext();
  }
  // Until everything has arrived: a server that is behind has not yet used what it needs.
  const { result: measured } = await result;
  const cpu = cpuSeconds(pid) - cpuBefore;
  return { name, subscribers, expected: events * subscribers, cpuSeconds: cpu, ...measured };
}

function print(): void {
  const [processor] = cpus();
  process.stdout.write(
    `${rate} events/s for ${seconds} s; ${cpus().length} × ${processor?.model}; latency from before the write\n`,
  );
  const line = (...cells: (string | number)[]): void => {
    process.stdout.write(`${cells.map((cell) => String(cell).padStart(12)).join("")}\n`);
  };
  line("server", "sockets", "p50 ms", "p99 ms", "most ms", "CPU s", "× floor", "delivered", "faulty");
  for (const [index, row] of results.entries()) {
    const floor = results[index - (index % 2)]?.cpuSeconds ?? row.cpuSeconds;
    line(
      row.name,
      row.subscribers,
      row.p50.toFixed(1),
      row.p99.toFixed(1),
      row.most.toFixed(1),
      row.cpuSeconds.toFixed(2),
      (row.cpuSeconds / floor).toFixed(2),
      `${((100 * row.received) / row.expected).toFixed(2)} %`,
      row.faulty,
    );
  }
}

/** User and system time a process has used so far; Linux counts it in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function nextMessage(child: ChildProcess, key: string): Promise<object> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void =>
      reject(new Error(`A process ended with ${code} before "${key}"`));
    const onMessage = (message: unknown): void => {
      if (typeof message === "object" && message !== null && key in message) {
        child.off("message", onMessage).off("exit", onExit);
        resolve(message);
      }
    };
    child.on("message", onMessage).once("exit", onExit);
  });
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
