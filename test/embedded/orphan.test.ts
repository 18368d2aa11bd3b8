import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { identifyProcess } from "../../packages/server/src/platform/database/embedded/process-identity.ts";
import {
  createDataFolder,
  prepareDatabase,
  query,
  readPostmasterPid,
  start,
  startScript,
  startServerProcess,
  startWriter,
  waitUntilClusterIsGone,
} from "./workbench.ts";

const copyDataFolder = prepareDatabase();

const countLedger = async (connectionString: string): Promise<number> => {
  const [row] = await query<{ count: number }>(connectionString, "select count(*)::int as count from ledger");
  return row?.count ?? -1;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

test("PostgreSQL left running by a killed server is taken over with every committed row", async () => {
  const dataDir = copyDataFolder();
  const server = await startServerProcess({ dataDir });
  const writer = await startWriter(server.connectionString);
  await pause(150);
  await server.kill();
  const pid = readPostmasterPid(dataDir);

  const next = await start({ dataDir });
  expect(next.adopted).toBe(true);
  expect(readPostmasterPid(dataDir)).toBe(pid);
  // The former server's sessions are ended, so nothing of it goes on behind the new one's back.
  await writer.ended;
  expect(writer.acknowledged()).toBeGreaterThan(10);
  const count = await countLedger(next.connectionString);
  expect([writer.acknowledged(), writer.acknowledged() + 1]).toContain(count);

  await next.stop();
  await waitUntilClusterIsGone(dataDir);
  expect(fs.existsSync(path.join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
});

test("an open transaction of a killed server does not survive the take-over", async () => {
  const dataDir = copyDataFolder();
  const server = await startServerProcess({ dataDir });
  const client = new pg.Client({ connectionString: server.connectionString });
  client.on("error", () => {});
  await client.connect();
  await client.query("create table note (id integer)");
  await client.query("begin; insert into note values (1); select pg_advisory_lock(42)");
  await server.kill();

  const next = await start({ dataDir });
  expect(next.adopted).toBe(true);
  expect(
    await query(next.connectionString, "select pg_try_advisory_lock(42) as free, count(*)::int from note"),
  ).toEqual([{ free: true, count: 0 }]);
  await expect(client.query("commit")).rejects.toThrow();
});

test("with other settings than today's it is stopped cleanly and started again, rows kept", async () => {
  const dataDir = copyDataFolder();
  const server = await startServerProcess({ dataDir });
  await query(
    server.connectionString,
    "create table ledger (id integer); insert into ledger values (1), (2)",
  );
  await server.kill();
  const pid = readPostmasterPid(dataDir);

  const next = await start({ dataDir, settings: { work_mem: "4MB" } });
  expect(next.adopted).toBe(false);
  expect(readPostmasterPid(dataDir)).not.toBe(pid);
  expect(await countLedger(next.connectionString)).toBe(2);
  expect(fs.readFileSync(path.join(dataDir, "postgres.log"), "utf8")).toContain(
    "received fast shutdown request",
  );
});

test("it is found and stopped even when its postmaster.pid was deleted by hand", async () => {
  const dataDir = copyDataFolder();
  const server = await startServerProcess({ dataDir });
  await query(server.connectionString, "create table ledger (id integer); insert into ledger values (1)");
  await server.kill();
  const pid = readPostmasterPid(dataDir);
  fs.rmSync(path.join(dataDir, "postgres", "postmaster.pid"));

  const next = await start({ dataDir });
  expect(next.adopted).toBe(false);
  expect(identifyProcess(pid)).toBeUndefined();
  expect(await countLedger(next.connectionString)).toBe(1);
});

test("PostgreSQL itself killed: the next start recovers every acknowledged row", async () => {
  const dataDir = copyDataFolder();
  const server = await startServerProcess({ dataDir });
  for (let round = 1; round <= 3; round += 1) {
    const current = round === 1 ? server : await startServerProcess({ dataDir });
    expect(current.error).toBe("");
    await query(current.connectionString, "drop table if exists ledger");
    const writer = await startWriter(current.connectionString);
    await expect.poll(() => writer.acknowledged(), { timeout: 20_000, interval: 20 }).toBeGreaterThan(10);
    process.kill(readPostmasterPid(dataDir), "SIGKILL");
    await writer.ended;
    await current.kill();

    const next = await startServerProcess({ dataDir });
    expect(next).toMatchObject({ error: "", adopted: false });
    const count = await countLedger(next.connectionString);
    expect([writer.acknowledged(), writer.acknowledged() + 1]).toContain(count);
    await next.stop();
  }
  expect(fs.readFileSync(path.join(dataDir, "postgres.log"), "utf8")).toContain(
    "automatic recovery in progress",
  );
});

test("a postmaster.pid whose number another program of the same user has by now does not block", async () => {
  const dataDir = copyDataFolder();
  const cluster = path.join(dataDir, "postgres");
  const server = await startServerProcess({ dataDir });
  await query(server.connectionString, "create table ledger (id integer); insert into ledger values (1)");
  process.kill(readPostmasterPid(dataDir), "SIGKILL");
  await server.kill();
  await waitUntilClusterIsGone(dataDir);

  const { uid, gid } = fs.statSync(cluster);
  const other = spawn("sleep", ["60"], { ...(process.getuid?.() === 0 && { uid, gid }), cwd: "/" });
  onTestFinished(() => void other.kill());
  const file = path.join(cluster, "postmaster.pid");
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(/^\d+/, String(other.pid)));

  const next = await start({ dataDir });
  expect(next.adopted).toBe(false);
  expect(await countLedger(next.connectionString)).toBe(1);
  expect(other.exitCode ?? other.signalCode).toBeNull();
});

test("another database's PostgreSQL is left alone when its number stands in a stale postmaster.pid", async () => {
  const dataDir = copyDataFolder();
  const neighbourDir = copyDataFolder();
  const neighbour = await start({ dataDir: neighbourDir });
  const copied = fs.readFileSync(path.join(neighbourDir, "postgres", "postmaster.pid"), "utf8");
  fs.writeFileSync(path.join(dataDir, "postgres", "postmaster.pid"), copied, { mode: 0o600 });

  const again = await start({ dataDir });
  expect(again.adopted).toBe(false);
  expect(again.port).not.toBe(neighbour.port);
  expect(await query(neighbour.connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a first start killed at any moment leaves nothing that keeps the next one from starting", async () => {
  const dataDir = createDataFolder();
  for (const wait of [150, 400, 700]) {
    const { child } = startScript("start-child.ts", JSON.stringify({ dataDir }));
    await pause(wait);
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  const database = await start({ dataDir });
  expect(await query(database.connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
});
