import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pg from "pg";
import { ApiClient } from "../kit/api-client.ts";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer } from "../kit/server.ts";
import { makeWorld, until, uploadSamples, uploadAndApply, type World } from "../kit/world.ts";
import { startProcess, type Started } from "./restarting-server.ts";

const slow = { REHOME_BATCH_SIZE: "25", REHOME_BATCH_PAUSE_MS: "25" };
const people = Array.from(
  { length: 1_500 },
  (_value, index) => `extra${index}@example.com,Extra ${index},portal-only`,
);
const extra = ["email,name,account type", ...people].join("\r\n");

/** Everything a run leaves behind, without ids and clock times: two runs over the same input must agree. */
async function digestRun(url: string): Promise<Record<string, unknown[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const statements: Record<string, string> = {
    items: `select ordinal, email, effect, type_after, outcome, problem, next_step, joins_group from migration_item order by ordinal`,
    events: `select sequence::int, type, regexp_replace(summary, 'fingerprint \\w+', 'fingerprint') as summary,
      payload - 'by' - 'groupId' - 'fingerprint' as payload from migration_event order by sequence`,
    portal: `select s.url_name, p.email, p.name, p.active from portal_customer p join site s on s.id = p.site_id order by 1, 2`,
    presence: `select s.url_name, a.email, sa.active, sa.customer_role from site_account sa join site s on s.id = sa.site_id
      join account a on a.id = sa.account_id order by 1, 2`,
    members: `select g.name, a.email, m.approved from user_group_member m join user_group g on g.id = m.group_id
      join account a on a.id = m.account_id order by 1, 2`,
    lists: `select s.url_name, sp.key, coalesce(a.email, p.email) as email, a.id is null as portal from project_customer pc
      join service_project sp on sp.id = pc.project_id join site s on s.id = sp.site_id left join account a on a.id = pc.account_id
      left join portal_customer p on p.id = pc.portal_customer_id order by 1, 2, 3, 4`,
    migration: `select state, total_items, applied_ordinal, successful_count, attention_count, failed_count, open_attention_count,
      created_count, linked_count, last_sequence::int, proof - 'computedAt' as proof from migration`,
  };
  const result: Record<string, unknown[]> = {};
  for (const [name, text] of Object.entries(statements)) {
    result[name] = (await client.query(text)).rows;
  }
  await client.end();
  return result;
}

describe("a server killed with -9 in the middle of a run", () => {
  let undisturbed: Record<string, unknown[]>;
  let database: TestDatabase;
  let world: World;
  let running: Started;
  let migrationId: string;

  beforeAll(async () => {
    const calm = await startTestServer(slow);
    const calmWorld = await makeWorld(calm);
    await uploadSamples(calmWorld);
    await uploadAndApply(calmWorld.admin, calmWorld.source.id, extra, "CUSTOMERS");
    const calmRun = await startMigration(calmWorld);
    await untilEnded(calmWorld.admin, calmRun);
    undisturbed = await digestRun(await urlOf(calm.pool));
    await calm.stop();

    database = await createTestDatabase();
    // The people and sites are made by a server in this process, then a process of its own takes over the database.
    const maker = await startTestServer({ ...slow, DATABASE_URL: database.url });
    world = await makeWorld(maker);
    await uploadSamples(world);
    await uploadAndApply(world.admin, world.source.id, extra, "CUSTOMERS");
    await maker.stop();
    running = await startProcess("serve", { ...slow, DATABASE_URL: database.url });
  });

  afterAll(async () => {
    running?.child.kill("SIGTERM");
    await running?.ended;
    await database?.drop();
  });

  it("goes on by itself after each restart, and a subscriber gets every event once", async () => {
    let admin = new ApiClient(running.url, world.admin.cookie);
    migrationId = await startMigration({ ...world, admin });
    const seen: number[] = [];
    for (let kill = 0; kill < 4; kill += 1) {
      seen.push(...(await readSome(admin, migrationId, seen.at(-1) ?? 0, 8)));
      running.child.kill("SIGKILL");
      await running.ended;
      running = await startProcess("serve", { ...slow, DATABASE_URL: database.url });
      admin = new ApiClient(running.url, admin.cookie);
    }
    await untilEnded(admin, migrationId);
    const total = (undisturbed.migration as { last_sequence: number }[])[0]?.last_sequence ?? 0;
    await until(async () => {
      seen.push(...(await readSome(admin, migrationId, seen.at(-1) ?? 0, total - seen.length)));
      return seen.length >= total;
    });
    expect(seen).toEqual(Array.from({ length: total }, (_value, index) => index + 1));
  });

  it("leaves the same tables and the same log as an undisturbed run", async () => {
    expect(await digestRun(database.url)).toEqual(undisturbed);
  });
});

async function readSome(
  client: ApiClient,
  migrationId: string,
  after: number,
  count: number,
): Promise<number[]> {
  const socket = client.socket();
  const seen: number[] = [];
  const events = socket.iterate<{ migrationEvents: { sequence: number } }>({
    query: `subscription Events($id: ID!, $after: Int!) { migrationEvents(migrationId: $id, afterSequence: $after) { sequence } }`,
    variables: { id: migrationId, after },
  });
  for await (const { data } of events) {
    if (data != null) {
      seen.push(data.migrationEvents.sequence);
    }
    if (seen.length >= count) {
      break;
    }
  }
  await socket.dispose();
  return seen;
}

async function urlOf(pool: pg.Pool): Promise<string> {
  return pool.options.connectionString ?? "";
}
