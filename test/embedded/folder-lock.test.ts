import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { acquireFolderLock } from "../../packages/server/src/platform/database/embedded/folder-lock.ts";
import {
  identifyProcess,
  readProcessNamespace,
} from "../../packages/server/src/platform/database/embedded/process-identity.ts";
import {
  createDataFolder,
  prepareDatabase,
  query,
  start,
  startScript,
  startServerProcess,
} from "./workbench.ts";

const copyDataFolder = prepareDatabase();

const refusal = (folder: string, pid: number): string =>
  `The data folder ${folder} is in use by process ${pid}. Stop it first, or set REHOME_DATA_DIR to another folder.`;

function writeLock(folder: string, holder: Record<string, unknown>): void {
  fs.writeFileSync(
    path.join(folder, "lock"),
    JSON.stringify({ namespace: readProcessNamespace(), ...holder }),
  );
}

test("a second process on the folder is refused in words, and the first goes on", async () => {
  const dataDir = copyDataFolder();
  const first = await startServerProcess({ dataDir });
  expect(first.error).toBe("");
  await expect(start({ dataDir })).rejects.toThrow(refusal(dataDir, first.pid));
  expect(await query(first.connectionString, "select 1 as one")).toEqual([{ one: 1 }]);

  await first.stop();
  const second = await start({ dataDir });
  expect(second.adopted).toBe(false);
  await expect(start({ dataDir })).rejects.toThrow(refusal(dataDir, process.pid));
});

test("of two processes that start at once on a fresh folder, exactly one wins", async () => {
  const dataDir = createDataFolder();
  const servers = await Promise.all([startServerProcess({ dataDir }), startServerProcess({ dataDir })]);
  const winners = servers.filter(({ error }) => error === "");
  const losers = servers.filter(({ error }) => error !== "");
  expect([winners.length, losers.length]).toEqual([1, 1]);
  expect(losers[0]?.error).toBe(refusal(dataDir, winners[0]?.pid ?? 0));
  await winners[0]?.stop();
});

test("of four contenders for the lock of a dead holder, exactly one wins, forty times", async () => {
  const folder = createDataFolder();
  const contenders = [1, 2, 3, 4].map(() => startScript("lock-child.ts", folder));
  const ask = async (line: string): Promise<string[]> => {
    contenders.forEach(({ child }) => child.stdin?.write(`${line}\n`));
    const answers = await Promise.all(
      contenders.map(({ lines }) => once(lines, "line") as Promise<[string]>),
    );
    return answers.map(([answer]) => answer);
  };
  for (let round = 0; round < 40; round += 1) {
    writeLock(folder, { pid: 2 ** 22 + 1, startedAt: "1", nonce: `dead${round.toString(16)}` });
    const delay = round === 0 ? 1000 : 15;
    const answers = await ask(String(Date.now() + delay));
    const winner = answers.indexOf("held");
    const losers = answers.filter((_, index) => index !== winner);
    expect(losers).toHaveLength(3);
    losers.forEach((answer) => expect(answer).toMatch(/is in use by process \d+\. Stop it first/));
    await ask("release");
  }
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("a dead holder whose process number another program has by now does not block", async () => {
  const folder = createDataFolder();
  const other = spawn("sleep", ["60"]);
  onTestFinished(() => void other.kill());
  const identity = identifyProcess(other.pid ?? 0);

  writeLock(folder, { ...identity, nonce: "aa" });
  await expect(acquireFolderLock(folder)).rejects.toThrow(refusal(folder, other.pid ?? 0));

  writeLock(folder, { ...identity, startedAt: "1", nonce: "bb" });
  const lock = await acquireFolderLock(folder);
  lock.release();
  expect(fs.existsSync(path.join(folder, "lock"))).toBe(false);
});

test("a lock file cut short by a power failure, and a guard whose owner died too, do not block", async () => {
  const folder = createDataFolder();
  fs.writeFileSync(path.join(folder, "lock"), "");
  (await acquireFolderLock(folder)).release();

  writeLock(folder, { pid: 2 ** 22 + 1, startedAt: "1", nonce: "aa" });
  fs.copyFileSync(path.join(folder, "lock"), path.join(folder, "lock.aa"));
  (await acquireFolderLock(folder)).release();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("a holder in another container counts while it shows signs of life, and no longer", async () => {
  const folder = createDataFolder();
  const file = path.join(folder, "lock");
  writeLock(folder, { pid: process.pid, startedAt: "1", nonce: "aa", namespace: "another container" });
  const timer = setInterval(() => fs.utimesSync(file, new Date(), new Date()), 20);
  onTestFinished(() => clearInterval(timer));
  await expect(acquireFolderLock(folder, 40)).rejects.toThrow(
    `in use by process ${process.pid} in another container or on another machine. Stop it first`,
  );

  clearInterval(timer);
  const lock = await acquireFolderLock(folder, 40);
  const before = fs.statSync(file).mtimeMs;
  await expect.poll(() => fs.statSync(file).mtimeMs).toBeGreaterThan(before);
  lock.release();
});
