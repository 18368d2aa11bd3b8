import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from "../../packages/server/src/platform/database/embedded/index.ts";
import { ApiClient } from "../kit/api-client.ts";
import { withClient } from "../kit/database.ts";
import { startTestServer, testPassword } from "../kit/server.ts";
import { makeWorld, until, uploadSamples, type World } from "../kit/world.ts";
import { digestTour } from "./crash-world.ts";
import { insist } from "./insist.ts";
import { startProcess } from "./restarting-server.ts";
import { takeTour } from "./tour.ts";

const kills = 5;

describe("PostgreSQL killed in the middle of a run", () => {
  let folder: string;
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "rehome-killed-"));
    postgres = await startEmbeddedPostgres({ dataDir: folder });
  });

  afterAll(async () => {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A database of this PostgreSQL with the people of the samples, and what a tour leaves in it. */
  async function tourOn(
    name: string,
    disturb: (url: string) => Promise<void>,
  ): Promise<Record<string, string[]>> {
    await withClient(postgres.connectionString, (client) => client.query(`create database ${name}`));
    const url = new URL(postgres.connectionString);
    url.pathname = `/${name}`;
    const maker = await startTestServer({ DATABASE_URL: url.href });
    const world: World = await makeWorld(maker);
    await uploadSamples(world);
    await maker.stop();
    const server = await startProcess("serve", { DATABASE_URL: url.href, REHOME_BATCH_PAUSE_MS: "100" });
    try {
      const admin = await ApiClient.signIn(server.url, "admin@acme.example", testPassword);
      const call = <T>(work: (client: ApiClient) => Promise<T>): Promise<T> => insist(() => work(admin));
      const disturbed = disturb(url.href);
      await takeTour(call, world, url.href, `tour-of-${name}`);
      await disturbed;
      return await digestTour(url.href);
    } finally {
      server.child.kill("SIGKILL");
      await server.ended;
    }
  }

  it(`${kills} times: the server lives on and the run ends as if nothing had happened`, async () => {
    const undisturbed = await tourOn("calm", async () => {});
    const disturbed = await tourOn("killed", async (url) => {
      for (let kill = 1; kill <= kills; kill += 1) {
        await until(async () => (await countBatches(url)) >= kill * 3, 120);
        await killPostgres(postgres.connectionString);
      }
    });
    expect(disturbed).toEqual(undisturbed);
  }, 300_000);
});

async function countBatches(url: string): Promise<number> {
  return insist(() =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        "select count(*)::int as count from migration_event where type = 'BATCH_APPLIED'",
      );
      return rows[0]?.count ?? 0;
    }),
  );
}

/** Kills one of PostgreSQL's own processes: it then ends every connection at once and recovers from its log. */
async function killPostgres(url: string): Promise<void> {
  const client = await insist(async () => {
    const next = new pg.Client({ connectionString: url });
    next.on("error", () => {});
    // Right after the kill before this one it is still recovering and takes nobody.
    await next.connect();
    return next;
  });
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = rows[0]?.pid ?? 0;
  if (pid <= 1) {
    throw new Error("PostgreSQL did not say which process serves this connection");
  }
  process.kill(pid, "SIGKILL");
  await client.end().catch(() => {});
}
