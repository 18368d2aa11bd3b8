// pnpm bench [--customers N]: the main job at size, over HTTP, against the built product on its embedded database.
import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import {
  countDemo,
  customersCsv,
  demoSignIns,
  projectsCsv,
  requestsCsv,
} from "../../packages/server/src/modules/demo/index.ts";
import { ApiClient } from "../kit/api-client.ts";

const root = path.resolve(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: { customers: { type: "string", default: "100000" }, record: { type: "boolean" } },
});
const customers = Number(values.customers);

interface Phase {
  name: string;
  seconds: number;
  people: number;
}

const phases: Phase[] = [];
/** Rows of the newest upload. */
let lastRows = 0;

async function timed<T>(name: string, rows: number | (() => number), work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  const people = typeof rows === "number" ? rows : rows();
  const seconds = (performance.now() - started) / 1000;
  phases.push({ name, seconds, people });
  process.stdout.write(
    `${name.padEnd(34)}${seconds.toFixed(2).padStart(9)} s${Math.round(people / seconds)
      .toLocaleString("en")
      .padStart(12)} /s\n`,
  );
  return result;
}

const dataDir = await mkdtemp(path.join(tmpdir(), "rehome-bench-"));
const program = path.join(root, "packages/server/dist/src/main.js");
if (!existsSync(program)) {
  throw new Error("Build first: pnpm build");
}
const server = spawn(process.execPath, [program, "serve"], {
  cwd: root,
  env: { ...process.env, PORT: "0", REHOME_DATA_DIR: dataDir, LOG_LEVEL: "warn", REHOME_BATCH_SIZE: "5000" },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    server.stdout.on("data", (data: Buffer) => {
      output += data.toString();
      const found = /ready at (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) {
        resolve(found);
      }
    });
    server.once("exit", () => reject(new Error(output)));
  });
  await run(url);
} finally {
  const gone = new Promise((resolve) => {
    server.once("exit", resolve);
  });
  server.kill("SIGTERM");
  await gone;
  await rm(dataDir, { recursive: true, force: true });
}

async function run(url: string): Promise<void> {
  const [first] = demoSignIns;
  if (first === undefined) {
    throw new Error("No demo sign-ins");
  }
  const admin = await ApiClient.signIn(url, first.email, first.password);
  const { viewer } = await admin.query<{ viewer: { organizations: { id: string }[] } }>(
    "{ viewer { organizations { id } } }",
  );
  const organizationId = viewer.organizations[0]?.id ?? "";
  const source = await createSite(admin, organizationId, "Bench Source", "bench-source");
  const destination = await createSite(admin, organizationId, "Bench Destination", "bench-destination");
  const counts = countDemo({ customers });
  await upload(admin, source, "PROJECTS", projectsCsv("source", { customers }));
  await upload(admin, destination, "PROJECTS", projectsCsv("destination", { customers }));
  const rows = counts.customers;
  const sourceImport = await timed("upload source customers", rows, () =>
    upload(admin, source, "CUSTOMERS", customersCsv("source", { customers }), false),
  );
  await timed("apply source customers", rows, () => apply(admin, sourceImport));
  await timed(
    "upload + apply destination",
    () => lastRows,
    () => upload(admin, destination, "CUSTOMERS", customersCsv("destination", { customers })),
  );
  await timed("upload + apply source requests", counts.requests.source, () =>
    upload(admin, source, "REQUESTS", requestsCsv("source", { customers })),
  );
  await timed("upload + apply destination requests", counts.requests.destination, () =>
    upload(admin, destination, "REQUESTS", requestsCsv("destination", { customers })),
  );
  const id = await createMigration(admin, source, destination);
  const fingerprint = await timed("plan and checks", rows, () => plan(admin, id));
  await decide(
    admin,
    `approveMigration(input: { migrationId: "${id}", fingerprint: "${fingerprint}", confirmSiteName: "Bench Destination" })`,
  );
  await timed("start (access before, group)", rows, () =>
    decide(admin, `startMigration(input: { migrationId: "${id}" })`),
  );
  await timed("run, access proof included", rows, () =>
    untilState(admin, id, ["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED"]),
  );
  await timed("report zip", rows, async () => {
    const response = await admin.fetch(`/api/migrations/${id}/report.zip`);
    const bytes = (await response.arrayBuffer()).byteLength;
    process.stdout.write(`  ${(bytes / 1e6).toFixed(1)} MB\n`);
  });
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1] ?? "0";
  const peakMegabytes = Math.round(Number(peak) / 1024);
  process.stdout.write(`peak memory of the server process     ${peakMegabytes} MB\n`);
  if (values.record === true) {
    record(rows, peakMegabytes);
  }
}

function record(rows: number, peakMegabytes: number): void {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], {
    cwd: root,
    encoding: "utf8",
  }).trim();
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const lines = phases.map(
    ({ name, seconds, people }) =>
      `| ${name} | ${people.toLocaleString("en")} | ${seconds.toFixed(2)} | ${Math.round(people / seconds).toLocaleString("en")} |`,
  );
  appendFileSync(
    path.join(root, "docs/benchmarks.md"),
    `\n## ${date}, ${rows.toLocaleString("en")} customers\n\n\`pnpm bench --customers ${customers} --record\` on commit ${commit}; ${machine}; embedded PostgreSQL 18.\n` +
      `Peak memory of the server process: **${peakMegabytes} MB**.\n\n| Phase | Rows | Seconds | Rows/s |\n| --- | ---: | ---: | ---: |\n${lines.join("\n")}\n`,
  );
}

async function createSite(
  client: ApiClient,
  organizationId: string,
  name: string,
  urlName: string,
): Promise<string> {
  const data = await client.query<{ createSite: { site?: { id: string }; message?: string } }>(
    `mutation Site($input: CreateSiteInput!) { createSite(input: $input) { ... on SiteResult { site { id } } ... on Refused { message } } }`,
    { input: { organizationId, name, urlName } },
  );
  if (data.createSite.site === undefined) {
    throw new Error(data.createSite.message);
  }
  return data.createSite.site.id;
}

async function upload(
  client: ApiClient,
  siteId: string,
  fileKind: string,
  text: AsyncIterable<string>,
  andApply = true,
): Promise<string> {
  const boundary = "rehome-bench-boundary";
  const body = Readable.from(multipart(boundary, siteId, fileKind, text));
  const response = await client.fetch("/api/imports", {
    method: "POST",
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: Readable.toWeb(body) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  const answer = (await response.json()) as { importFile: { id: string }; error?: { message: string } };
  if (response.status !== 201) {
    throw new Error(`Upload: ${response.status} ${answer.error?.message}`);
  }
  const { importFile } = await client.query<{ importFile: { totalRows: number } }>(
    `query Rows($id: ID!) { importFile(id: $id) { totalRows } }`,
    { id: answer.importFile.id },
  );
  lastRows = importFile.totalRows;
  if (andApply) {
    await apply(client, answer.importFile.id);
  }
  return answer.importFile.id;
}

/** Pieces of 64 KiB: row by row the sender would be the slow part. */
async function* multipart(
  boundary: string,
  siteId: string,
  fileKind: string,
  text: AsyncIterable<string>,
): AsyncGenerator<Buffer> {
  const field = (name: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  let pending = `${field("siteId", siteId)}${field("fileKind", fileKind)}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="bench.csv"\r\nContent-Type: text/csv\r\n\r\n`;
  for await (const piece of text) {
    pending += piece;
    if (pending.length > 65_536) {
      yield Buffer.from(pending);
      pending = "";
    }
  }
  yield Buffer.from(`${pending}\r\n--${boundary}--\r\n`);
}

async function apply(client: ApiClient, importId: string): Promise<void> {
  await client.query(`mutation Apply($id: ID!) { applyImport(input: { importId: $id }) { __typename } }`, {
    id: importId,
  });
  for (;;) {
    const { importFile } = await client.query<{ importFile: { state: string; failure: string | null } }>(
      `query State($id: ID!) { importFile(id: $id) { state failure } }`,
      { id: importId },
    );
    if (importFile.state === "APPLIED") {
      return;
    }
    if (importFile.state === "FAILED") {
      throw new Error(`Import failed: ${importFile.failure}`);
    }
    await sleep();
  }
}

async function createMigration(
  client: ApiClient,
  sourceSiteId: string,
  destinationSiteId: string,
): Promise<string> {
  const data = await client.query<{ createMigration: { migration: { id: string } } }>(
    `mutation Create($input: CreateMigrationInput!) { createMigration(input: $input) { ... on MigrationResult { migration { id } } } }`,
    { input: { kind: "COPY_CUSTOMERS", sourceSiteId, destinationSiteId, allCustomers: true } },
  );
  return data.createMigration.migration.id;
}

async function plan(client: ApiClient, id: string): Promise<string> {
  await decide(client, `planMigration(input: { migrationId: "${id}" })`);
  await untilState(client, id, ["PLANNED", "DRAFT"]);
  const { migration } = await client.query<{ migration: { plan: { fingerprint: string } } }>(
    `query Plan($id: ID!) { migration(id: $id) { plan { fingerprint } } }`,
    { id },
  );
  return migration.plan.fingerprint;
}

async function decide(client: ApiClient, call: string): Promise<void> {
  const data = await client.query<Record<string, { message?: string }>>(
    `mutation { ${call} { ... on Refused { message } } }`,
  );
  const message = Object.values(data)[0]?.message;
  if (message !== undefined) {
    throw new Error(message);
  }
}

async function untilState(client: ApiClient, id: string, states: string[]): Promise<void> {
  for (;;) {
    const { migration } = await client.query<{ migration: { state: string } }>(
      `query State($id: ID!) { migration(id: $id) { state } }`,
      { id },
    );
    if (states.includes(migration.state)) {
      return;
    }
    await sleep();
  }
}

async function sleep(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
}
