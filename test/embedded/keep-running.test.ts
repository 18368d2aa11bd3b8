import process from "node:process";
import { expect, test } from "vitest";
import { prepareDatabase, query, readPostmasterPid, start } from "./workbench.ts";

const copyDataFolder = prepareDatabase();

test("PostgreSQL killed with -9 is started again on the same port with every committed row", async () => {
  const dataDir = copyDataFolder();
  const database = await start({ dataDir });
  await query(database.connectionString, "create table kept (n int)");
  await query(database.connectionString, "insert into kept select generate_series(1, 100)");
  const before = readPostmasterPid(dataDir);
  process.kill(before, "SIGKILL");
  await expect
    .poll(
      () =>
        query<{ count: number }>(database.connectionString, "select count(*)::int as count from kept").catch(
          () => [],
        ),
      { timeout: 20_000, interval: 200 },
    )
    .toEqual([{ count: 100 }]);
  expect(readPostmasterPid(dataDir)).not.toBe(before);
  await database.stop();
  await expect(query(database.connectionString, "select 1")).rejects.toThrow();
});
