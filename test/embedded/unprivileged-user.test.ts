import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findNativeFolder } from "../../packages/server/src/platform/database/embedded/native-folder.ts";
import { ensureUnprivilegedUser } from "../../packages/server/src/platform/database/embedded/unprivileged-user.ts";
import {
  createDataFolder,
  query,
  readPostmasterPid,
  reserveUserName,
  runsAsRoot,
  start,
  startServerProcess,
} from "./workbench.ts";

const modeOf = (file: string): string => (fs.statSync(file).mode & 0o777).toString(8);

/** A private home (0700) with a checkout whose files nobody but its owner can read. */
function createPrivateHome(): { home: string; dataDir: string; nativeDir: string } {
  const home = createDataFolder();
  const nativeDir = path.join(home, "checkout", "node_modules", "package", "native");
  fs.mkdirSync(nativeDir, { recursive: true });
  const installed = findNativeFolder().path;
  fs.copyFileSync(path.join(installed, "..", "package.json"), path.join(nativeDir, "..", "package.json"));
  spawnSync("cp", ["-a", `${installed}/.`, nativeDir]);
  spawnSync("chmod", ["-R", "go-rwx", home]);
  return { home, nativeDir, dataDir: path.join(home, "checkout", ".rehome") };
}

test.runIf(runsAsRoot)(
  "root in a private home: a new user runs PostgreSQL, and the home stays private",
  async () => {
    const { home, dataDir, nativeDir } = createPrivateHome();
    const systemDir = path.join(createDataFolder(), "system");
    fs.chmodSync(path.dirname(systemDir), 0o755);
    const userName = reserveUserName();
    const options = { dataDir, nativeDir, systemDir, userName };

    const database = await start(options);
    const passwd = spawnSync("getent", ["passwd", userName], { encoding: "utf8" }).stdout;
    expect(passwd).toMatch(/:\/nonexistent:.*(nologin|false)\n$/);
    const pid = readPostmasterPid(dataDir);
    expect(fs.statSync(`/proc/${pid}`).uid).toBe(Number(passwd.split(":")[2]));
    expect(fs.readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/^Groups:\s*$/m);
    await query(database.connectionString, "create table note (id integer); insert into note values (1)");
    expect([home, path.join(home, "checkout"), dataDir, nativeDir].map(modeOf)).toEqual([
      "700",
      "700",
      "700",
      "700",
    ]);
    expect(fs.statSync(dataDir).uid).toBe(0);

    const [copy] = fs.readdirSync(systemDir);
    expect(copy).toMatch(/^postgresql-18\..*-linux-/);
    const program = path.join(systemDir, copy ?? "", "bin", "postgres");
    expect([fs.statSync(program).uid, modeOf(program)]).toEqual([0, "755"]);
    const asUser = { uid: Number(passwd.split(":")[2]), gid: Number(passwd.split(":")[3]) };
    expect(spawnSync("rm", ["-f", program], asUser).status).not.toBe(0);
    const copiedAt = fs.statSync(program).ctimeMs;
    await database.stop();

    const again = await start(options);
    expect(fs.statSync(program).ctimeMs).toBe(copiedAt);
    expect(await query(again.connectionString, "select id from note")).toEqual([{ id: 1 }]);
  },
);

test.runIf(runsAsRoot)(
  "a damaged copy of the programs is made again, one that others can write is not used",
  async () => {
    const { dataDir, nativeDir } = createPrivateHome();
    const systemDir = path.join(createDataFolder(), "system");
    fs.chmodSync(path.dirname(systemDir), 0o755);
    const options = { dataDir, nativeDir, systemDir };
    await (await start(options)).stop();
    const [copy] = fs.readdirSync(systemDir);
    const program = path.join(systemDir, copy ?? "", "bin", "postgres");
    fs.truncateSync(program, 1000);
    await (await start(options)).stop();
    expect(fs.statSync(program).size).toBeGreaterThan(1_000_000);

    fs.chmodSync(systemDir, 0o777);
    await expect(start(options)).rejects.toThrow(
      `${systemDir} is not a folder that only the starting user can write`,
    );
  },
);

test.runIf(runsAsRoot)("a database keeps its owner when the user has another number elsewhere", async () => {
  const dataDir = createDataFolder();
  const first = await start({ dataDir, userName: reserveUserName() });
  await query(first.connectionString, "create table note (id integer)");
  await first.stop();
  const { uid } = fs.statSync(path.join(dataDir, "postgres"));

  const second = await start({ dataDir, userName: reserveUserName() });
  expect(fs.statSync(`/proc/${readPostmasterPid(dataDir)}`).uid).toBe(uid);
  expect(await query(second.connectionString, "select * from note")).toEqual([]);
});

test.runIf(runsAsRoot)(
  "an ordinary user runs it as itself, and is refused on the folder of another",
  async () => {
    const user = ensureUnprivilegedUser(reserveUserName());
    const dataDir = createDataFolder();
    const isCheckoutReachable =
      spawnSync(process.execPath, ["-e", ""], { cwd: import.meta.dirname, ...user }).status === 0;
    if (!isCheckoutReachable) {
      // A private checkout: without root every other test of this folder runs as the ordinary user instead.
      expect(user.uid).toBeGreaterThan(0);
      return;
    }
    const refused = await startServerProcess({ dataDir }, user);
    expect(refused.error).toMatch(/belongs to another user|EACCES|could not be created/);

    fs.chownSync(dataDir, user.uid, user.gid);
    const server = await startServerProcess({ dataDir }, user);
    expect(server.error).toBe("");
    expect(fs.statSync(`/proc/${readPostmasterPid(dataDir)}`).uid).toBe(user.uid);
    await query(server.connectionString, "create table note (id integer)");
    await server.kill();
    const next = await startServerProcess({ dataDir }, user);
    expect(next).toMatchObject({ error: "", adopted: true });
    await next.stop();
  },
);

test("a user name that could be an option or a path is refused", () => {
  for (const name of ["-r", "a b", "../root", "Root", ""]) {
    expect(() => ensureUnprivilegedUser(name)).toThrow("is not a user name");
  }
  expect(() => ensureUnprivilegedUser("root")).toThrow("PostgreSQL refuses to run as root");
});
