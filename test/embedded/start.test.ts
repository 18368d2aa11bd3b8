import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { createDataFolder, prepareDatabase, query, runsAsRoot, start } from "./workbench.ts";

const copyDataFolder = prepareDatabase();

const modeOf = (file: string): string => (fs.statSync(file).mode & 0o777).toString(8);

test("a fresh folder becomes a database for the application, closed to everybody else", async () => {
  const dataDir = path.join(createDataFolder(), "new", "data");
  const database = await start({ dataDir });

  expect(database.adopted).toBe(false);
  expect(database.connectionString).toContain(`@127.0.0.1:${database.port}/rehome`);
  const [facts] = await query(
    database.connectionString,
    `select current_user::text as role, current_database()::text as database,
            pg_encoding_to_char(encoding) as encoding, datlocale, pg_get_userbyid(datdba)::text as owner,
            rolsuper, rolcreatedb, rolcreaterole, current_setting('server_version_num')::int / 10000 as version
       from pg_database, pg_roles
      where datname = current_database() and rolname = current_user`,
  );
  expect(facts).toEqual({
    role: "rehome",
    database: "rehome",
    encoding: "UTF8",
    datlocale: "C.UTF-8",
    owner: "rehome",
    rolsuper: false,
    rolcreatedb: true,
    rolcreaterole: false,
    version: 18,
  });
  expect(modeOf(dataDir)).toBe("700");
  expect(modeOf(path.join(dataDir, "postgres"))).toBe("700");
  expect(modeOf(path.join(dataDir, "postgres.credentials.json"))).toBe("600");
  expect(modeOf(path.join(dataDir, "postgres.log"))).toBe("600");
  expect(fs.readdirSync(dataDir).toSorted()).toEqual([
    "lock",
    "postgres",
    "postgres.credentials.json",
    "postgres.log",
  ]);
});

test("an acknowledged row is on disk: the settings that ensure it are on and cannot be changed", async () => {
  const dataDir = copyDataFolder();
  for (const name of [
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "listen_addresses",
    "hba_file",
    "FSYNC",
  ]) {
    await expect(start({ dataDir, settings: { [name]: "off" } })).rejects.toThrow(
      `The PostgreSQL setting ${name} of the embedded database cannot be changed.`,
    );
  }
  const database = await start({ dataDir, settings: { work_mem: "8MB", jit: true } });
  const rows = await query<{ name: string; setting: string }>(
    database.connectionString,
    `select name, current_setting(name) as setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'work_mem', 'jit', 'max_wal_size')`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    data_checksums: "on",
    fsync: "on",
    full_page_writes: "on",
    jit: "on",
    max_wal_size: "4GB",
    synchronous_commit: "on",
    work_mem: "8MB",
  });
});

test("only the generated password opens it, for every role, on loopback too", async () => {
  const database = await start({ dataDir: copyDataFolder() });
  const attempt = async (change: (url: URL) => void): Promise<string> => {
    const url = new URL(database.connectionString);
    change(url);
    return query(url.href, "select 1").then(
      () => "open",
      (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? "") : String(error)),
    );
  };
  expect(await attempt(() => {})).toBe("open");
  expect(await attempt((url) => (url.password = "wrong"))).toBe("28P01");
  expect(await attempt((url) => (url.username = "postgres"))).toBe("28P01");
  expect(new URL(database.connectionString).password).toMatch(/^[\w-]{43}$/);
});

test("it listens on 127.0.0.1 and nowhere else", async () => {
  const dataDir = copyDataFolder();
  const database = await start({ dataDir });
  const lines = fs.readFileSync(path.join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n");
  const [port, socketFolder, address] = lines.slice(3);
  expect({ port, socketFolder, address }).toEqual({
    port: String(database.port),
    socketFolder: "",
    address: "127.0.0.1",
  });
  // Another loopback address stands for every other address: a server on all of them would answer here.
  const elsewhere = database.connectionString.replace("@127.0.0.1:", "@127.0.0.2:");
  await expect(query(elsewhere, "select 1")).rejects.toThrow(/ECONNREFUSED|EADDRNOTAVAIL|ETIMEDOUT/);
});

test("the application's role makes, clones and drops databases as the tests need it", async () => {
  const { connectionString } = await start({ dataDir: copyDataFolder() });
  await query(
    connectionString,
    "create schema job; create table job.task (id integer); insert into job.task values (7)",
  );
  await query(connectionString.replace(/rehome$/, "postgres"), "create database clone template rehome");
  const clone = connectionString.replace(/rehome$/, "clone");
  expect(await query(clone, "select id from job.task")).toEqual([{ id: 7 }]);
  await query(connectionString, "drop database clone");
  await expect(query(clone, "select 1")).rejects.toThrow('database "clone" does not exist');
});

test("rows outlive an orderly stop, and stopping twice is fine", async () => {
  const dataDir = copyDataFolder();
  const first = await start({ dataDir });
  await query(first.connectionString, "create table note (text text)");
  await query(first.connectionString, "insert into note values ('kept')");
  await Promise.all([first.stop(), first.stop()]);
  expect(fs.existsSync(path.join(dataDir, "lock"))).toBe(false);
  expect(fs.existsSync(path.join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
  await expect(query(first.connectionString, "select 1")).rejects.toThrow("ECONNREFUSED");

  const second = await start({ dataDir });
  expect(second.adopted).toBe(false);
  expect(await query(second.connectionString, "select text from note")).toEqual([{ text: "kept" }]);
  expect(fs.readFileSync(path.join(dataDir, "postgres.log"), "utf8")).toContain(
    "database system was shut down at",
  );
});

test("neither secrets of the server's environment nor rejected values reach PostgreSQL's processes and log", async () => {
  process.env.EMBEDDED_TEST_SECRET = "do-not-hand-on";
  const dataDir = copyDataFolder();
  const { connectionString } = await start({ dataDir });
  delete process.env.EMBEDDED_TEST_SECRET;
  await query(connectionString, "create table person (email text primary key)");
  const insert = "insert into person values ('jane@example.com')";
  await query(connectionString, insert);
  await expect(query(connectionString, insert)).rejects.toThrow("duplicate key");

  const log = fs.readFileSync(path.join(dataDir, "postgres.log"), "utf8");
  expect(log).toContain("ready to accept connections");
  expect(log).not.toContain("jane@example.com");
  expect(log).not.toContain(new URL(connectionString).password);
  const pid = fs.readFileSync(path.join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0];
  if (fs.existsSync("/proc/self/environ")) {
    // Read as the process's own user: an ordinary container closes it to root.
    const { uid, gid } = fs.statSync(path.join(dataDir, "postgres"));
    const user = runsAsRoot ? { uid, gid } : {};
    const environment = spawnSync("cat", [`/proc/${pid}/environ`], { encoding: "utf8", cwd: "/", ...user });
    expect(environment.stdout).toContain("LC_ALL=C");
    expect(environment.stdout).not.toContain("do-not-hand-on");
  }
});
