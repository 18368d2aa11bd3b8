import { afterEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import {
  approveMigration,
  createMigration,
  decide,
  stateOf,
  startMigration,
  untilEnded,
} from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { startWorkerProcess, type WorkerProcess } from "../kit/worker-process.ts";
import { makePerson, makeWorld, until, uploadAndApply } from "../kit/world.ts";

interface Outlook {
  state: string;
  stalled: { cause: string; reason: string; whatToDo: string; since: string } | null;
  worker: { name: string } | null;
  progress: { stalled: boolean };
}

let server: TestServer | undefined;
let worker: WorkerProcess | undefined;

async function outlook(client: ApiClient, id: string): Promise<Outlook> {
  const { migration } = await client.query<{ migration: Outlook }>(
    `query Outlook($id: ID!) { migration(id: $id) {
       state stalled { cause reason whatToDo since } worker { name since } progress { stalled }
     } }`,
    { id },
  );
  return migration;
}

/** What an alert on the server's metrics looks at. */
async function stalledMetric(): Promise<number> {
  const text = await (await fetch(`${server?.url}/metrics`)).text();
  return Number(/^rehome_migrations_stalled (\S+)$/m.exec(text)?.[1]);
}

async function addPeople(admin: ApiClient, siteId: string): Promise<void> {
  const rows = Array.from({ length: 60 }, (_value, index) => `p${index}@stall.example,P,portal-only`);
  await uploadAndApply(admin, siteId, ["email,name,account type", ...rows].join("\r\n"), "CUSTOMERS");
}

afterEach(async () => {
  await worker?.end("SIGTERM");
  await server?.stop();
  worker = undefined;
  server = undefined;
});

describe("on a server that drives nothing itself", () => {
  it(
    "work stalls for want of a worker, goes on when one is started, and the stall is gone by itself",
    { timeout: 120_000 },
    async () => {
      server = await startTestServer({ REHOME_ENGINE: "off", REHOME_STALL_SECONDS: "1" });
      const world = await makeWorld(server, "Stall");
      const { admin } = world;
      await addPeople(admin, world.source.id);
      const id = await createMigration(world);
      await decide(admin, "planMigration", id);
      await until(async () => (await outlook(admin, id)).stalled !== null);
      expect(await outlook(admin, id)).toMatchObject({
        state: "CHECKING",
        worker: null,
        progress: { stalled: true },
        stalled: { cause: "NO_WORKER", whatToDo: expect.stringContaining("rehome worker") },
      });
      await until(async () => (await stalledMetric()) === 1);

      const environment = {
        DATABASE_URL: server.pool.options.connectionString ?? "",
        REHOME_BATCH_SIZE: "5",
        REHOME_BATCH_PAUSE_MS: "250",
      };
      worker = await startWorkerProcess(environment);
      await until(async () => (await stateOf(admin, id)) === "PLANNED");
      expect((await outlook(admin, id)).stalled).toBeNull();
      await worker.end("SIGTERM");

      const { migration } = await admin.query<{ migration: { plan: { fingerprint: string } } }>(
        "query Plan($id: ID!) { migration(id: $id) { plan { fingerprint } } }",
        { id },
      );
      await approveMigration(admin, id, migration.plan.fingerprint, world.destination.name);
      await decide(admin, "startMigration", id);
      const snapshots = followProgress(admin, id);
      await until(async () => snapshots.seen.at(-1)?.stalled === true);
      expect(snapshots.seen.at(-1)?.stall).toMatchObject({ cause: "NO_WORKER" });
      worker = await startWorkerProcess(environment);
      const { name } = worker;
      await until(async () => (await outlook(admin, id)).worker?.name === name);
      await until(async () => snapshots.seen.at(-1)?.stalled === false);
      // The worker is told to those who may migrate, and to nobody else.
      await makePerson(server, "half@stall.example", [
        { role: "SITE_ADMIN", organizationId: world.organizationId, siteId: world.source.id },
      ]);
      const half = await server.signIn("half@stall.example");
      expect((await outlook(half, id)).worker).toBeNull();
      expect(await untilEnded(admin, id)).toBe("COMPLETED");
      expect(await outlook(admin, id)).toMatchObject({ stalled: null, worker: null });
      await until(async () => (await stalledMetric()) === 0);
      await snapshots.stop();
    },
  );
});

describe("a database that refuses the batches", () => {
  it("is what the stall names, with its error, until it takes them again", { timeout: 60_000 }, async () => {
    server = await startTestServer({ REHOME_STALL_SECONDS: "1" });
    const world = await makeWorld(server, "Stall");
    await addPeople(world.admin, world.source.id);
    // The class of errors after which the same step is tried again for as long as it takes.
    await server.pool.query(`create function refuse() returns trigger language plpgsql as $$ begin
      raise exception 'the disk of customers is read-only' using errcode = '57P03'; end $$`);
    await server.pool.query(
      "create trigger refuse before insert on portal_customer for each row execute function refuse()",
    );
    const id = await startMigration(world);
    await until(async () => (await outlook(world.admin, id)).stalled !== null);
    const { stalled } = await outlook(world.admin, id);
    expect(stalled).toMatchObject({
      cause: "DATABASE_REFUSES",
      reason: expect.stringContaining("the disk of customers is read-only"),
    });
    await server.pool.query("drop function refuse() cascade");
    expect(await untilEnded(world.admin, id)).toBe("COMPLETED");
    expect((await outlook(world.admin, id)).stalled).toBeNull();
  });
});

interface Snapshot {
  stalled: boolean;
  stall: { cause: string } | null;
}

/** The progress subscription of a page that stays open. */
function followProgress(client: ApiClient, id: string): { seen: Snapshot[]; stop(): Promise<void> } {
  const seen: Snapshot[] = [];
  const socket = client.socket();
  const follow = async (): Promise<void> => {
    const query =
      "subscription Follow($id: ID!) { migrationProgress(migrationId: $id) { stalled stall { cause } } }";
    for await (const { data } of socket.iterate<{ migrationProgress: Snapshot }>({
      query,
      variables: { id },
    })) {
      if (data != null) {
        seen.push(data.migrationProgress);
      }
    }
  };
  // Its end is the end of the socket.
  const ended = follow().catch(() => {});
  return {
    seen,
    async stop() {
      await socket.dispose();
      await ended;
    },
  };
}
