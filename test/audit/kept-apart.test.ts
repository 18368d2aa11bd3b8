import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../packages/server/src/config.ts";
import { openDatabase, type OpenDatabase } from "../../packages/server/src/database.ts";
import { entities } from "../../packages/server/src/entities.ts";
import { writeBackup } from "../../packages/server/src/modules/backup/index.ts";
import { verifyDatabase } from "../../packages/server/src/modules/invariants/index.ts";
import { migrateSchema } from "../../packages/server/src/platform/database/migrate.ts";
import { warnIfChangeable } from "../../packages/server/src/modules/audit/index.ts";
import { openOrm, type EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { createLogger, type Logger } from "../../packages/server/src/platform/logging.ts";
import { createTestDatabase, dropDatabase, withClient } from "../kit/database.ts";

const addEntry = `insert into audit_entry (organization_id, action, subject_type, summary)
  select id, 'test.change', 'test', 'done' from organization`;

/** Runs the program on a data folder; what it said. */
async function rehome(dataDir: string, ...words: string[]): Promise<string> {
  const { DATABASE_URL: _none, ...environment } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "packages/server/src/main.ts", ...words],
    {
      cwd: path.resolve(import.meta.dirname, "../.."),
      env: { ...environment, REHOME_DATA_DIR: dataDir, REHOME_DEMO: "off", LOG_LEVEL: "warn" },
    },
  );
  return stdout;
}

/** What the program says at a start in production. */
async function warningsOf(url: string): Promise<string[]> {
  const said: string[] = [];
  const logger = { warn: (_rights: object, text: string) => said.push(text) } as unknown as Logger;
  const orm = await openOrm(url, entities, 1);
  await warnIfChangeable(orm.em.fork() as EntityManager, logger);
  await orm.close();
  return said;
}

describe("the embedded database", () => {
  let folder: string;
  let database: OpenDatabase;
  let client: pg.Client;

  const open = async (): Promise<void> => {
    const config = readConfig({ REHOME_DATA_DIR: path.join(folder, "data") });
    database = await openDatabase(config, createLogger("silent"));
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
  };
  const close = async (): Promise<void> => {
    await client.end();
    await database.close();
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "rehome-kept-"));
    await open();
    await client.query(
      "insert into organization (name, distribution_list_words, bot_words) values ('Acme', '{}', '{}')",
    );
  });
  afterAll(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });

  it("lets the program's role add entries, which are sealed, and read them", async () => {
    await client.query(addEntry);
    const { rows } = await client.query("select sequence::int, length(hash) as bytes from audit_entry");
    expect(rows).toEqual([{ sequence: 1, bytes: 32 }]);
  });

  it.each([
    "update audit_entry set summary = 'another'",
    "update audit_entry set sequence = 7, hash = sha256('x')",
    "delete from audit_entry",
    "truncate audit_entry",
    "alter table audit_entry disable trigger user",
    "alter table audit_entry owner to rehome",
    "drop trigger audit_entry_kept on audit_entry",
    "drop table audit_entry cascade",
    "drop schema public cascade",
    "update audit_chain set last_sequence = 0",
    "insert into audit_chain (organization_id) select id from organization",
    "delete from audit_chain",
    "drop function seal_audit_entries() cascade",
    "create or replace function refuse_audit_change() returns trigger language sql as ''",
    "insert into audit_entry (organization_id, action, subject_type, summary, sequence, hash) select id, 'a', 'b', 'c', 9, sha256('x') from organization",
    "set role rehome_keeper",
    "set session_replication_role = replica",
  ])("refuses it: %s", async (statement) => {
    await expect(client.query(statement)).rejects.toThrow(
      /permission denied|must be owner|must be able to SET ROLE/,
    );
  });

  it("keeps it so after another start, and the program can still change its own tables", async () => {
    await close();
    await open();
    await expect(client.query("delete from audit_entry")).rejects.toThrow(/permission denied/);
    await client.query(addEntry);
    await client.query("create table notes (id int); alter table notes add word text; drop table notes");
    await client.query("analyze organization");
    const findings = await verifyDatabase(database.connectionString);
    expect(findings.find(({ invariant }) => invariant.id === "I19")?.violations).toEqual([]);
  });

  it("comes back from a backup into a new data folder, which was there empty before, and is kept from changes there", async () => {
    const file = path.join(folder, "all.backup");
    const target = path.join(folder, "target");
    await writeBackup(database.connectionString, file);
    await rehome(target, "migrate");
    expect(await rehome(target, "restore", file)).toContain("are back");
    const restored = await openDatabase(readConfig({ REHOME_DATA_DIR: target }), createLogger("silent"));
    try {
      const findings = await verifyDatabase(restored.connectionString);
      expect(findings.find(({ invariant }) => invariant.id === "I19")?.violations).toEqual([]);
      await withClient(restored.connectionString, async (own) => {
        await expect(own.query("delete from audit_entry")).rejects.toThrow(/permission denied/);
        await own.query(addEntry);
        const { rows } = await own.query("select count(*)::int as entries from audit_entry");
        expect(rows).toEqual([{ entries: 3 }]);
      });
    } finally {
      await restored.close();
    }
  });

  it("is no reason for the warning of production", async () => {
    expect(await warningsOf(database.connectionString)).toEqual([]);
  });
});

describe("the warning at a start", () => {
  it("is there while the program's role owns the log", async () => {
    const database = await createTestDatabase();
    expect(await warningsOf(database.url)).toEqual([expect.stringContaining("docs/operations.md")]);
    await database.drop();
  });
});

describe("a log from before there were chains", () => {
  it("is sealed as it is, in the order of its times", async () => {
    const host = await createTestDatabase();
    const name = `t_${randomUUID().replaceAll("-", "")}`;
    await withClient(host.url, (client) => client.query(`create database ${name}`));
    const url = new URL(host.url);
    url.pathname = `/${name}`;
    const orm = await openOrm(url.href, entities, 2);
    try {
      await migrateSchema(orm, url.href, "0012-journaled-runs");
      await withClient(url.href, async (client) => {
        await client.query(
          `insert into organization (name, distribution_list_words, bot_words) select 'Old ' || n, '{}', '{}' from generate_series(1, 3) n`,
        );
        await client.query(
          `insert into audit_entry (organization_id, at, action, subject_type, summary)
           select o.id, now() - n * interval '1 minute', 'test.change', 'test', 'entry ' || n
           from organization o, generate_series(1, 50) n where o.name <> 'Old 3'`,
        );
      });
      await migrateSchema(orm, url.href);
      await withClient(url.href, async (client) => {
        await client.query(addEntry);
        const { rows } = await client.query(
          `select o.name, max(e.sequence)::int as last, (array_agg(e.summary order by e.sequence))[1] as first
           from audit_entry e join organization o on o.id = e.organization_id group by o.name order by o.name`,
        );
        expect(rows).toEqual([
          { name: "Old 1", last: 51, first: "entry 50" },
          { name: "Old 2", last: 51, first: "entry 50" },
          { name: "Old 3", last: 1, first: "done" },
        ]);
      });
      const findings = await verifyDatabase(url.href);
      expect(findings.find(({ invariant }) => invariant.id === "I19")?.violations).toEqual([]);
    } finally {
      await orm.close();
      await dropDatabase(host.url, name);
      await host.drop();
    }
  });
});
