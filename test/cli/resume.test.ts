import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { runCli, type CliResult } from "../kit/run-cli.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeToken } from "../kit/token-client.ts";
import { makeWorld, uploadAndApply, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;
let token: string;

const people = ["ann", "ben", "cid"].map((name) => `${name}@example.com,${name},portal-only`);
const resume = (): Promise<CliResult> =>
  runCli(["resume", "MR-1"], { REHOME_URL: server.url, REHOME_TOKEN: token });

beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  token = (await makeToken(world.admin)).secret;
  const customers = ["email,name,account type", ...people].join("\r\n");
  await uploadAndApply(world.admin, world.source.id, customers, "CUSTOMERS");
});

afterAll(async () => {
  await server?.stop();
});

describe("rehome resume", () => {
  it("lets a failed run go on once the cause is mended, and refuses an ended one", async () => {
    // A fault of the database, not of a row: the run stops at the batch edge.
    await server.pool.query(`create function poison() returns trigger language plpgsql as $$ begin
      raise exception using errcode = '53100'; end $$`);
    await server.pool.query(
      "create trigger poison before insert on portal_customer for each row execute function poison()",
    );
    const id = await startMigration(world);
    expect(await untilEnded(world.admin, id)).toBe("FAILED");
    await server.pool.query("drop function poison cascade");
    const result = await resume();
    expect([result.stderr, result.exitCode]).toEqual(["", 0]);
    expect(result.records()).toMatchObject([
      { type: "decision", decision: "retryMigration", migration: "MR-1", state: "RUNNING" },
    ]);
    expect(await untilEnded(world.admin, id)).toBe("COMPLETED");
    const again = await resume();
    expect([again.exitCode, again.error().code]).toEqual([3, "INVALID_STATE"]);
  });
});
