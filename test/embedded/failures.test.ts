import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createDataFolder, prepareDatabase, query, runsAsRoot, start } from "./workbench.ts";

const copyDataFolder = prepareDatabase();

/** A stopped database of its own for a test to damage. */
function copyDatabase(): { dataDir: string; cluster: string } {
  const dataDir = copyDataFolder();
  return { dataDir, cluster: path.join(dataDir, "postgres") };
}

async function explain(options: Parameters<typeof start>[0]): Promise<string> {
  const message = await start(options).then(
    () => "it started",
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
  expect(message).not.toContain("undefined");
  return message;
}

test("a database of another version is named with both versions", async () => {
  const { dataDir, cluster } = copyDatabase();
  fs.writeFileSync(path.join(cluster, "PG_VERSION"), "17\n");
  const message = await explain({ dataDir });
  expect(message).toContain("was written by PostgreSQL 17, and this program brings PostgreSQL 18");
  expect(message).toContain("REHOME_DATA_DIR");
});

test("a folder that is not a whole database is left as it is", async () => {
  const { dataDir, cluster } = copyDatabase();
  fs.rmSync(path.join(cluster, "PG_VERSION"));
  const before = fs.readdirSync(cluster).length;
  expect(await explain({ dataDir })).toContain(`${cluster} is not a whole PostgreSQL database`);
  expect(fs.readdirSync(cluster)).toHaveLength(before);
});

test("a damaged database says what PostgreSQL's log ends with and what to do", async () => {
  const missing = copyDatabase();
  fs.rmSync(path.join(missing.cluster, "global", "pg_control"));
  const message = await explain({ dataDir: missing.dataDir });
  expect(message).toMatch(/PostgreSQL did not start \(exit code \d\)\. The end of its log:\n.*pg_control/s);
  expect(message).toContain("restore your latest backup");

  const garbled = copyDatabase();
  const segments = fs.readdirSync(path.join(garbled.cluster, "pg_wal")).filter((name) => name.length === 24);
  segments.forEach((name) => fs.truncateSync(path.join(garbled.cluster, "pg_wal", name), 0));
  expect(await explain({ dataDir: garbled.dataDir })).toMatch(
    /checkpoint record[^]*restore your latest backup/,
  );
});

test("a wrong setting is named, and the folder is free again afterwards", async () => {
  const { dataDir } = copyDatabase();
  const message = await explain({ dataDir, settings: { shared_buffers: "plenty" } });
  expect(message).toContain('invalid value for parameter "shared_buffers": "plenty"');
  expect(message).toContain("One of the PostgreSQL settings is wrong");
  const database = await start({ dataDir });
  expect(await query(database.connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("lost, unreadable and foreign passwords have words, and no password is in them", async () => {
  const { dataDir } = copyDatabase();
  const file = path.join(dataDir, "postgres.credentials.json");
  fs.writeFileSync(file, JSON.stringify({ administrator: "not-this-one", application: "nor-this-one" }));
  const foreign = await explain({ dataDir });
  expect(foreign).toContain("does not accept the password in the data folder");
  expect(foreign).not.toContain("this-one");
  fs.writeFileSync(file, '{"administrator":"secret-half');
  const unreadable = await explain({ dataDir });
  expect(unreadable).toContain(`${file} does not hold the database's passwords`);
  expect(unreadable).not.toContain("secret-half");
  fs.rmSync(file);
  expect(await explain({ dataDir })).toContain(`put back ${file} from a backup`);
});

test("a folder that others use as well, or that cannot be made, is refused", async () => {
  const shared = createDataFolder();
  const file = path.join(shared, "file");
  fs.writeFileSync(file, "");
  fs.chmodSync(shared, 0o1777);
  expect(await explain({ dataDir: shared })).toContain("must be a folder of its own");
  expect(fs.statSync(shared).mode & 0o7777).toBe(0o1777);
  expect(await explain({ dataDir: os.homedir() })).toContain("must be a folder of its own");
  expect(await explain({ dataDir: path.join(file, "data") })).toContain(
    `The data folder ${path.join(file, "data")} could not be created (ENOTDIR)`,
  );
});

test("programs for another system have words", async () => {
  const { dataDir } = copyDatabase();
  const packageDir = createDataFolder();
  fs.mkdirSync(path.join(packageDir, "native", "bin"), { recursive: true });
  fs.writeFileSync(path.join(packageDir, "package.json"), JSON.stringify({ version: "18.0.0" }));
  fs.writeFileSync(path.join(packageDir, "native", "bin", "postgres"), "no program", { mode: 0o755 });
  const systemDir = path.join(packageDir, "system");
  const message = await explain({ dataDir, systemDir, nativeDir: path.join(packageDir, "native") });
  expect(message).toContain("The bundled PostgreSQL does not run on this system");
  expect(message).toContain("Set DATABASE_URL");
});

/** A file system of this size on the folder; needs the right to mount, which containers often withhold. */
function mountSmallDisk(folder: string, size: string): boolean {
  return (
    runsAsRoot && spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]).status === 0
  );
}

const canMount = ((): boolean => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rehome-embedded-"));
  const worked = mountSmallDisk(folder, "1m");
  if (worked) {
    spawnSync("umount", [folder]);
  }
  fs.rmSync(folder, { recursive: true });
  return worked;
})();

test.runIf(canMount)(
  "a full disk is called by its name, and nothing is lost once there is room",
  async () => {
    const parent = createDataFolder();
    const dataDir = path.join(parent, "disk");
    fs.mkdirSync(dataDir);
    mountSmallDisk(dataDir, "30m");
    onTestFinished(() => void spawnSync("umount", ["--lazy", dataDir]));
    const ballast = path.join(dataDir, "ballast");
    const fresh = await explain({ dataDir });
    expect(fresh).toContain("PostgreSQL could not make a new database");
    expect(fresh).toContain("The disk that holds the data folder is full");

    spawnSync("mount", ["-o", "remount,size=200m", dataDir]);
    const first = await start({ dataDir });
    await query(first.connectionString, "create table note (id integer); insert into note values (1)");
    await first.stop();
    spawnSync("dd", ["if=/dev/zero", `of=${ballast}`, "bs=1M"]);
    expect(await explain({ dataDir })).toContain("The disk that holds the data folder is full");

    fs.rmSync(ballast);
    const second = await start({ dataDir });
    expect(await query(second.connectionString, "select id from note")).toEqual([{ id: 1 }]);
    await second.stop();
  },
);
