import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { runCli, type CliResult } from "../kit/run-cli.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeToken } from "../kit/token-client.ts";
import { makeWorld, uploadAndApply, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;
let token: string;
let fingerprint: string;

const people = ["ann", "ben", "cid"].map((name) => `${name}@example.com,${name},portal-only`);
const rehome = (...words: string[]): Promise<CliResult> =>
  runCli(words, { REHOME_URL: server.url, REHOME_TOKEN: token });

async function onDestination(): Promise<string[]> {
  const { rows } = await server.pool.query<{ email: string }>(
    "select email from portal_customer where site_id = $1 order by email",
    [world.destination.id],
  );
  return rows.map(({ email }) => email);
}

beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  token = (await makeToken(world.admin)).secret;
  const customers = ["email,name,account type", ...people].join("\r\n");
  await uploadAndApply(world.admin, world.source.id, customers, "CUSTOMERS");
  await untilEnded(world.admin, await startMigration(world));
});

afterAll(async () => {
  await server?.stop();
});

describe("rehome undo", () => {
  it("plans without changing anybody", async () => {
    const result = await rehome("undo", "MR-1");
    expect([result.stderr, result.exitCode]).toEqual(["", 0]);
    const [record = {}] = result.records();
    expect(record).toMatchObject({ type: "undo", state: "PLANNED", restoreCount: 3, setAsideCount: 0 });
    fingerprint = String(record.fingerprint);
    expect(await onDestination()).toHaveLength(3);
  });

  it.each([
    ["another fingerprint", 7, ["--start", "--fingerprint", "0".repeat(64), "--confirm", "Acme Help"]],
    ["no name", 2, ["--start", "--fingerprint", "0".repeat(64)]],
    ["a fingerprint without --start", 2, ["--fingerprint", "0".repeat(64)]],
  ])("starts nothing with %s", async (_what, exitCode, words) => {
    expect((await rehome("undo", "MR-1", ...words)).exitCode).toBe(exitCode);
    expect(await onDestination()).toHaveLength(3);
  });

  it("is refused with another name", async () => {
    const result = await rehome("undo", "MR-1", "--start", "--fingerprint", fingerprint, "--confirm", "Acme");
    expect([result.exitCode, result.error().code]).toEqual([3, "CONFIRMATION_MISMATCH"]);
  });

  it("puts back everybody but who was touched since, which people have to look at", async () => {
    await server.pool.query(
      `insert into service_project (site_id, key, name, access) values ($1, 'NEW', 'New', 'RESTRICTED')`,
      [world.destination.id],
    );
    await server.pool.query(
      `insert into project_customer (project_id, portal_customer_id)
       select sp.id, pc.id from service_project sp, portal_customer pc
       where sp.key = 'NEW' and pc.email = 'ben@example.com' and pc.site_id = $1`,
      [world.destination.id],
    );
    const words = ["--start", "--fingerprint", fingerprint, "--confirm", "Acme Help"];
    const result = await rehome("undo", "MR-1", ...words);
    expect([result.stderr, result.exitCode]).toEqual(["", 4]);
    expect(result.records()[0]).toMatchObject({ type: "undo", state: "UNDONE", restored: 2, leftAside: 1 });
    expect(await onDestination()).toEqual(["ben@example.com"]);
  });
});
