import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gunzipSync, gzipSync } from "node:zlib";
import { restoreBackup, writeBackup } from "../../packages/server/src/modules/backup/index.ts";
import { describeFindings, verifyDatabase } from "../../packages/server/src/modules/invariants/index.ts";
import { ApiClient } from "../kit/api-client.ts";
import { createTestDatabase, withClient, type TestDatabase } from "../kit/database.ts";
import { decide, startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeToken, TokenClient } from "../kit/token-client.ts";
import { makeWorld, until, uploadAndApply, uploadSamples, type World } from "../kit/world.ts";

const slow = { REHOME_BATCH_SIZE: "25", REHOME_BATCH_PAUSE_MS: "150" };
const people = Array.from(
  { length: 1_500 },
  (_value, index) => `extra${index}@example.com,Extra ${index},portal-only`,
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rehome-backup-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Rows per table, without what a backup leaves out or a restore adds. */
async function countRows(url: string): Promise<Record<string, number>> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
         and relname not like 'auth\\_%' and relname not in ('schema_migration', 'database_home', 'restoration', 'migration_lease')`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of rows) {
      const result = await client.query<{ count: number }>(`select count(*)::int as count from "${name}"`);
      counts[name] = result.rows[0]?.count ?? 0;
    }
    return counts;
  });
}

async function broken(url: string): Promise<string[]> {
  return describeFindings((await verifyDatabase(url)).filter(({ violations }) => violations.length > 0));
}

describe("a backup in the middle of a run", () => {
  let server: TestServer;
  let world: World;
  let migrationId: string;
  let target: TestDatabase;
  let restored: TestServer | undefined;
  let file: string;
  let secret: string;

  beforeAll(async () => {
    file = path.join(folder, "middle.backup");
    server = await startTestServer(slow);
    world = await makeWorld(server);
    secret = (await makeToken(world.admin)).secret;
    await uploadSamples(world);
    await uploadAndApply(
      world.admin,
      world.source.id,
      ["email,name,account type", ...people].join("\r\n"),
      "CUSTOMERS",
    );
    migrationId = await startMigration(world);
    await until(async () => {
      const { rows } = await server.pool.query(`select 1 from migration where applied_ordinal >= 50`);
      return rows.length === 1;
    });
    await writeBackup(server.pool.options.connectionString ?? "", file);
    target = await createTestDatabase();
  });

  afterAll(async () => {
    await restored?.stop();
    await untilEnded(world.admin, migrationId);
    await server.stop();
    await target.drop();
  });

  it("is readable by its owner alone and leaves no part behind", async () => {
    const { mode } = await stat(file);
    expect(mode & 0o777).toBe(0o600);
    await expect(stat(`${file}.partial`)).rejects.toThrow("ENOENT");
  });

  it("holds no session and no second file under its name", async () => {
    const text = gunzipSync(await readFile(file)).toString("latin1");
    expect(text).toContain('"table":"migration_item"');
    expect(text).not.toContain('"table":"auth_session"');
    await expect(writeBackup(server.pool.options.connectionString ?? "", file)).rejects.toThrow("EEXIST");
  });

  it("comes back whole, paused, with nobody signed in", async () => {
    const summary = await restoreBackup(target.url, file);
    expect(summary).toMatchObject({ runsPaused: 1, tokensRevoked: 1 });
    await withClient(target.url, async (client) => {
      const { rows } = await client.query(
        `select m.state, e.type, e.summary, e.payload, (select count(*)::int from auth_session) as sessions
         from migration m join migration_event e on e.migration_id = m.id and e.sequence = m.last_sequence`,
      );
      expect(rows).toEqual([
        {
          state: "PAUSED",
          type: "PAUSED",
          summary: expect.stringContaining("restored from a backup"),
          payload: { reason: "RESTORED" },
          sessions: 0,
        },
      ]);
      const { rows: noted } = await client.query(`select 1 from directory_change where transaction_at > $1`, [
        summary.takenAt,
      ]);
      expect(noted).toEqual([]);
    });
    expect(await broken(target.url)).toEqual([]);
  });

  it("lets the old session and the old API token in nowhere, and a person resumes the run to its end", async () => {
    restored = await startTestServer({ ...slow, REHOME_BATCH_PAUSE_MS: "0", DATABASE_URL: target.url });
    const before = new ApiClient(restored.url, world.admin.cookie);
    await expect(before.query("query Me { viewer { account { email } } }")).rejects.toThrow(/Sign in/);
    const program = new TokenClient(restored.url, secret);
    expect((await program.fetch("/graphql", { method: "POST" })).status).toBe(401);
    const { rows: told } = await restored.pool.query(
      "select organization_id, actor_account_id, summary from audit_entry where action = 'api_token.revoke_restored'",
    );
    expect(told).toEqual([
      {
        organization_id: world.organizationId,
        actor_account_id: null,
        summary: "1 API token was revoked: the database was restored from a backup. Make new ones.",
      },
    ]);
    const admin = await restored.signIn("admin@acme.example");
    await new Promise((resolve) => {
      setTimeout(resolve, 2_500);
    });
    const { rows } = await restored.pool.query<{ state: string }>(`select state from migration`);
    expect(rows).toEqual([{ state: "PAUSED" }]);
    expect(await decide(admin, "resumeMigration", migrationId)).not.toMatchObject({ __typename: "Refused" });
    await untilEnded(admin, migrationId);
    expect(await broken(target.url)).toEqual([]);
  });

  it("is refused by a database that has rows", async () => {
    await expect(restoreBackup(target.url, file)).rejects.toThrow(/not empty/);
  });

  it("is refused when it is cut short or changed, and leaves nothing", async () => {
    const empty = await createTestDatabase();
    const counts = await countRows(empty.url);
    const short = path.join(folder, "short.backup");
    await writeFile(short, await readFile(file));
    await truncate(short, Math.floor((await stat(file)).size / 2));
    await expect(restoreBackup(empty.url, short)).rejects.toThrow(/damaged|cut short/);
    const changed = path.join(folder, "changed.backup");
    const bytes = gunzipSync(await readFile(file));
    bytes.write("Bxtra", bytes.indexOf("Extra 7"));
    await writeFile(changed, gzipSync(bytes));
    await expect(restoreBackup(empty.url, changed)).rejects.toThrow(/checksum/);
    const other = path.join(folder, "other.backup");
    await writeFile(other, "not a backup");
    await expect(restoreBackup(empty.url, other)).rejects.toThrow(/damaged|no backup/);
    expect(await countRows(empty.url)).toEqual(counts);
    await empty.drop();
  });
});

describe("a backup of a finished run", () => {
  it("brings every row back, and what serves it elsewhere settles a copy by itself", async () => {
    const server = await startTestServer();
    const world = await makeWorld(server);
    await uploadSamples(world);
    await untilEnded(world.admin, await startMigration(world));
    const url = server.pool.options.connectionString ?? "";
    const file = path.join(folder, "finished.backup");
    const { rows } = await writeBackup(url, file);
    const target = await createTestDatabase();
    expect((await restoreBackup(target.url, file)).rows).toBe(rows);
    expect(await countRows(target.url)).toEqual(await countRows(url));
    expect(await broken(target.url)).toEqual([]);
    await target.drop();
    await server.stop();
  });
});

describe("a database that came by a dump of PostgreSQL's own tools", () => {
  it("is noticed at the start: sessions ended, API tokens revoked, runs paused", async () => {
    const original = await createTestDatabase();
    const server = await startTestServer({ ...slow, DATABASE_URL: original.url });
    const world = await makeWorld(server);
    await makeToken(world.admin);
    await uploadSamples(world);
    const migrationId = await startMigration(world);
    await until(async () => {
      const { rows } = await server.pool.query(`select 1 from migration where applied_ordinal > 0`);
      return rows.length === 1;
    });
    await server.stop();
    // A clone has every row of the original, as a restored dump has, in a database of another number.
    const copyUrl = new URL(original.url);
    copyUrl.pathname = `${copyUrl.pathname}_copy`;
    const name = copyUrl.pathname.slice(1);
    const serverUrl = new URL(original.url);
    serverUrl.pathname = "/postgres";
    await withClient(serverUrl.href, (client) =>
      client.query(`create database ${name} template ${name.replace("_copy", "")}`),
    );
    const copied = await startTestServer({ DATABASE_URL: copyUrl.href });
    const { rows } = await copied.pool.query(
      `select m.state, (select count(*)::int from auth_session) as sessions, (select count(*)::int from restoration) as restores,
         (select count(*)::int from api_token where revoked_at is null) as tokens
       from migration m where m.id = $1`,
      [migrationId],
    );
    expect(rows).toEqual([{ state: "PAUSED", sessions: 0, restores: 1, tokens: 0 }]);
    await copied.signIn("admin@acme.example");
    await copied.stop();
    // The second start finds it at home.
    const again = await startTestServer({ DATABASE_URL: copyUrl.href });
    const { rows: restores } = await again.pool.query(`select 1 from restoration`);
    expect(restores).toHaveLength(1);
    await again.signIn("admin@acme.example");
    await again.stop();
    expect(await broken(copyUrl.href)).toEqual([]);
    await withClient(serverUrl.href, (client) => client.query(`drop database ${name}`));
    await original.drop();
  });
});
