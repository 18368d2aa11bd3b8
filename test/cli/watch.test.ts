import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";
import { startMigration } from "../kit/migration-flow.ts";
import { runCli, runInShell, startCli, type CliResult } from "../kit/run-cli.ts";
import { startServerProcess, type ServerProcess } from "../kit/server-process.ts";
import { startTestServer } from "../kit/server.ts";
import { makeToken, revokeToken } from "../kit/token-client.ts";
import { ApiClient } from "../kit/api-client.ts";
import { makeWorld, until, uploadAndApply, type World } from "../kit/world.ts";

const people = Array.from(
  { length: 1_200 },
  (_value, index) => `person${index}@example.com,Person ${index},portal-only`,
);
const customers = ["email,name,account type", ...people].join("\r\n");

let database: TestDatabase;
let world: World;
let server: ServerProcess;
let port: string;
let secret: string;
let migrationId: string;

const environment = (): Record<string, string> => ({ REHOME_URL: server.url, REHOME_TOKEN: secret });
const start = (): Promise<ServerProcess> =>
  startServerProcess({
    DATABASE_URL: database.url,
    REHOME_SECRET: "a secret for tests only, long enough",
    REHOME_BATCH_SIZE: "10",
    REHOME_BATCH_PAUSE_MS: "40",
    LOG_LEVEL: "trace",
    PORT: port,
  });

beforeAll(async () => {
  database = await createTestDatabase();
  const maker = await startTestServer({ DATABASE_URL: database.url });
  world = await makeWorld(maker);
  await uploadAndApply(world.admin, world.source.id, customers, "CUSTOMERS");
  secret = (await makeToken(world.admin)).secret;
  await maker.stop();
  port = "0";
  server = await start();
  port = new URL(server.url).port;
  world.admin = new ApiClient(server.url, world.admin.cookie);
});

afterAll(async () => {
  await server?.end("SIGTERM");
  await database?.drop();
});

function sequencesOf(result: CliResult): number[] {
  return result
    .records()
    .filter(({ type }) => type === "event")
    .map(({ sequence }) => Number(sequence));
}

describe("watching a run", { timeout: 240_000 }, () => {
  it("tells every event once although the server is killed and stopped on the way", async () => {
    migrationId = await startMigration(world);
    const watching = startCli(["watch", "MR-1"], environment());
    await until(async () => watching.stdout().includes("BATCH_APPLIED"));
    for (const signal of ["SIGKILL", "SIGTERM"] as const) {
      const before = watching.stdout().length;
      await server.end(signal);
      server = await start();
      // The lease of the killed server has to run out before the next one goes on.
      await until(async () => watching.stdout().length > before, 90);
    }
    const result = await watching.ended;
    expect([result.stderr, result.exitCode]).toEqual(["", 0]);
    const sequences = sequencesOf(result);
    expect(sequences).toEqual(sequences.map((_sequence, index) => index + 1));
    expect(sequences.length).toBeGreaterThan(100);
    expect(result.records().at(-1)).toMatchObject({ type: "result", state: "COMPLETED", successful: 1_200 });
  });

  it("ends quietly when nobody reads on", async () => {
    const some = await runInShell("$REHOME watch MR-1 | head -n 2", environment());
    expect([some.stderr, sequencesOf(some)]).toEqual(["", [1, 2]]);
    // Gone before the first line is written, whatever the machine is busy with.
    const none = await runInShell("$REHOME watch MR-1 | true", environment());
    expect([none.stderr, none.exitCode]).toEqual(["", 141]);
  });

  it("shows a bar with rate and rest on a terminal, and each other event as a line", async () => {
    const again = await startMigrationAgain();
    const result = await onTerminal("watch MR-2");
    expect(again).toBe("MR-2");
    expect(result.exitCode).toBe(0);
    // The bar replaces itself: back to the start of the line, the old one erased, the new one written.
    const bars = result.stdout.split("\r\u001B[K").filter((shown) => shown.startsWith("MR-2 ["));
    expect(bars.length).toBeGreaterThan(3);
    expect(bars).toContainEqual(
      expect.stringMatching(/^MR-2 \[#+-+\] \d+% [\d,]+ of 1,200 · [\d,]+ a second · [\d–]+ s left/),
    );
    expect(result.stdout).toMatch(/\d\d:\d\d:\d\d {2}.*started/i);
    expect(result.stdout).not.toContain('"type"');
    expect(result.stdout.trimEnd().split("\r\n").at(-1)).toContain("0 that nothing explains");
  });

  it("ends with 6 when its token is revoked on the way", async () => {
    const name = await startMigrationAgain();
    const own = await makeToken(world.admin);
    const watching = startCli(["watch", name], { ...environment(), REHOME_TOKEN: own.secret });
    await until(async () => watching.stdout().includes("BATCH_APPLIED"));
    await revokeToken(world.admin, own.id);
    const result = await watching.ended;
    expect([result.exitCode, result.error().code]).toEqual([6, "UNAUTHENTICATED"]);
    expect(result.stdout).not.toContain("COMPLETED");
  });

  it("ends with 1 when the run is cancelled", async () => {
    const watching = startCli(["watch", "MR-3"], environment());
    await until(async () => watching.stdout().includes("BATCH_APPLIED"));
    expect((await runCli(["pause", "MR-3"], environment())).exitCode).toBe(0);
    await until(async () => watching.stdout().includes("PAUSED"));
    expect((await runCli(["resume", "MR-3"], environment())).exitCode).toBe(0);
    expect((await runCli(["cancel", "MR-3"], environment())).exitCode).toBe(0);
    const result = await watching.ended;
    expect([result.exitCode, result.records().at(-1)?.state]).toEqual([1, "CANCELLED"]);
  });

  it("never has the server write a token into its log, at any level", async () => {
    await runCli(["list"], environment());
    await runCli(["list"], { ...environment(), REHOME_TOKEN: `rhm_${"Z".repeat(43)}` });
    const log = server.output();
    expect(log.length).toBeGreaterThan(0);
    expect(log).not.toContain(secret.slice(8));
    expect(log).not.toContain("ZZZZ");
  });
});

/** One more run over the same people: all are there by now, which takes as many batches. */
async function startMigrationAgain(): Promise<string> {
  migrationId = await startMigration(world);
  const { migration } = await world.admin.query<{ migration: { name: string } }>(
    "query Name($id: ID!) { migration(id: $id) { name } }",
    { id: migrationId },
  );
  return migration.name;
}

/** Runs the command with a pseudo terminal as its output. */
async function onTerminal(words: string): Promise<CliResult> {
  const isLinux = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux");
  const line = isLinux ? `script -qec "$REHOME ${words}" /dev/null` : `script -q /dev/null $REHOME ${words}`;
  return runInShell(line, { ...environment(), TERM: "xterm" });
}
