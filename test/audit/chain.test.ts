import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  appendAuditEntry,
  auditTextSql,
  type AuditRecord,
} from "../../packages/server/src/modules/audit/index.ts";
import { verifyDatabase } from "../../packages/server/src/modules/invariants/index.ts";
import { runnerOn } from "../../packages/server/src/platform/database/client-runner.ts";
import { createTestDatabase, withClient, type TestDatabase } from "../kit/database.ts";

const noAdmins = { I17: "the organizations are bare names without people" };

let database: TestDatabase;
let pool: pg.Pool;
let organizations: string[];

beforeAll(async () => {
  database = await createTestDatabase(noAdmins);
  pool = new pg.Pool({ connectionString: database.url, max: 40 });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});
beforeEach(async () => {
  const { rows } = await pool.query<{ id: string }>(
    `insert into organization (name, distribution_list_words, bot_words)
     select 'Log ' || n, '{}', '{}' from generate_series(1, 2) n returning id`,
  );
  organizations = rows.map(({ id }) => id);
});

const entry = (organizationId: string, summary: string): AuditRecord => ({
  organizationId,
  actorAccountId: null,
  action: "test.change",
  subjectType: "test",
  subjectId: null,
  summary,
  before: { "b a": 1.5, a: null },
  after: { text: "ümlaut \u2028 'quoted'", list: [1, 2] },
});

/** A transaction on a connection of its own. */
async function transact<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

async function append(client: pg.ClientBase, organizationId: string, summary: string): Promise<void> {
  await appendAuditEntry(runnerOn(client), entry(organizationId, summary));
}

async function logOf(organizationId: string): Promise<{ sequence: number; summary: string }[]> {
  const { rows } = await pool.query<{ sequence: number; summary: string }>(
    "select sequence::int, summary from audit_entry where organization_id = $1 order by sequence",
    [organizationId],
  );
  return rows;
}

async function broken(): Promise<string[]> {
  const findings = await verifyDatabase(database.url);
  return (findings.find(({ invariant }) => invariant.id === "I19")?.violations ?? []).map(
    ({ subject, problem }) => `${subject} ${problem}`,
  );
}

describe("the chain of an organization", () => {
  it("numbers entries in the order of commits, one transaction's in their own order, without a gap", async () => {
    const [own = "", other = ""] = organizations;
    await transact(async (client) => {
      await append(client, own, "first");
      await append(client, other, "elsewhere");
      await client.query("savepoint before");
      await append(client, own, "taken back");
      await client.query("rollback to savepoint before");
      await append(client, own, "second");
    });
    await expect(
      transact(async (client) => {
        await append(client, own, "never happened");
        throw new Error("given up");
      }),
    ).rejects.toThrow("given up");
    await transact((client) => append(client, own, "third"));
    expect(await logOf(own)).toEqual([
      { sequence: 1, summary: "first" },
      { sequence: 2, summary: "second" },
      { sequence: 3, summary: "third" },
    ]);
    expect(await logOf(other)).toEqual([{ sequence: 1, summary: "elsewhere" }]);
    expect(await broken()).toEqual([]);
  });

  it("does not make one transaction wait for another that goes on", async () => {
    const [own = ""] = organizations;
    await transact(async (slow) => {
      await append(slow, own, "began first");
      await transact(async (quick) => {
        await quick.query("set local lock_timeout = '2s'");
        await append(quick, own, "committed first");
      });
    });
    expect((await logOf(own)).map(({ summary }) => summary)).toEqual(["committed first", "began first"]);
  });

  it("never deadlocks: 400 transactions over two logs in both orders, 40 at once", async () => {
    const [one = "", two = ""] = organizations;
    await Promise.all(
      Array.from({ length: 400 }, (_value, index) =>
        transact(async (client) => {
          const order = index % 2 === 0 ? [one, two] : [two, one];
          for (const organization of order) {
            await append(client, organization, `entry ${index}`);
          }
        }),
      ),
    );
    for (const organization of organizations) {
      const log = await logOf(organization);
      expect(log.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: 400 }, (_value, index) => index + 1),
      );
    }
    expect(await broken()).toEqual([]);
  });

  it("takes its lock after the migration's row: one held by another never makes a circle", async () => {
    const [own = ""] = organizations;
    await pool.query("create table if not exists last_lock as select 1 as id");
    const both = Array.from({ length: 60 }, (_value, index) =>
      transact(async (client) => {
        // Half of them write the log before the row that every change locks last, half after it.
        const steps = [
          () => append(client, own, `turn ${index}`),
          () => client.query("update last_lock set id = id"),
        ];
        for (const step of index % 2 === 0 ? steps : steps.toReversed()) {
          await step();
        }
      }),
    );
    await Promise.all(both);
    await pool.query("drop table last_lock");
    expect(await logOf(own)).toHaveLength(60);
  });

  it("seals many entries of one transaction at once, in linear time", async () => {
    const [own = ""] = organizations;
    const started = Date.now();
    await pool.query(
      `insert into audit_entry (organization_id, action, subject_type, summary)
       select $1, 'test.change', 'test', 'entry ' || n from generate_series(1, 20000) n`,
      [own],
    );
    expect(Date.now() - started).toBeLessThan(20_000);
    expect((await logOf(own)).at(-1)).toMatchObject({ sequence: 20_000 });
    expect(await broken()).toEqual([]);
  });

  it("hashes exactly the text that a verification computes", async () => {
    const [own = ""] = organizations;
    await transact((client) => append(client, own, "as it is"));
    const { rows } = await pool.query<{ same: boolean }>(
      `select ${auditTextSql} = audit_entry_text(e, e.sequence) as same from audit_entry e where organization_id = $1`,
      [own],
    );
    expect(rows).toEqual([{ same: true }]);
  });
});

describe("nobody changes what is written", () => {
  it.each([
    ["an entry", "update audit_entry set summary = 'another'"],
    ["an entry's hash", "update audit_entry set hash = sha256('x')"],
    ["entries away", "delete from audit_entry"],
    ["all of it away", "truncate audit_entry"],
    ["organizations away with their logs", "truncate organization cascade"],
    ["the end of the chain", "update audit_chain set last_sequence = 0"],
    ["the end of the chain away", "delete from audit_chain"],
    ["all ends away", "truncate audit_chain"],
    ["a chain of its own", "insert into audit_chain (organization_id) select id from organization limit 1"],
    [
      "an entry with a number of its own",
      "insert into audit_entry (organization_id, action, subject_type, summary, sequence, hash) select id, 'a', 'b', 'c', 99, sha256('x') from organization limit 1",
    ],
  ])("%s: refused", async (_what, statement) => {
    await transact((client) => append(client, organizations[0] ?? "", "stays"));
    await expect(pool.query(statement)).rejects.toThrow(/audit log is append-only/);
  });

  it("an entry of one's own transaction that waits for its number: refused", async () => {
    await expect(
      transact(async (client) => {
        await append(client, organizations[0] ?? "", "waits");
        await client.query("update audit_entry set summary = 'another' where sequence is null");
      }),
    ).rejects.toThrow(/audit log is append-only/);
  });
});

describe("the verification names the first broken entry of each log", () => {
  // What somebody with every right on the database can do, which no trigger stops.
  const tampering: [string, string, RegExp][] = [
    [
      "a changed sentence",
      "update audit_entry set summary = 'harmless' where sequence = 2",
      /is number 2 of its log, and its hash is not over what it says/,
    ],
    [
      "a changed value before",
      `update audit_entry set before = '{"a": 2}' where sequence = 1`,
      /is number 1 of its log/,
    ],
    [
      "a removed entry",
      "delete from audit_entry where sequence = 2",
      /is number 3 of its log, and number 2 before it is missing/,
    ],
    [
      "the newest removed",
      "delete from audit_entry where sequence = 4",
      /^audit log of organization .* ends with number 3, its chain with number 4/,
    ],
    [
      "an entry added beside the chain",
      "insert into audit_entry (organization_id, action, subject_type, summary) select organization_id, 'a', 'b', 'c' from audit_entry limit 1",
      /is not in the chain of its log/,
    ],
    [
      "a changed entry with its own hash made right",
      `update audit_entry e set summary = 'harmless', hash = (select sha256(p.hash || convert_to(audit_entry_text(
         (e.id, e.organization_id, e.at, e.actor_account_id, e.action, e.subject_type, e.subject_id, 'harmless', e.before, e.after, null, null)::audit_entry, 2), 'UTF8'))
         from audit_entry p where p.organization_id = e.organization_id and p.sequence = 1) where sequence = 2`,
      /is number 3 of its log, and its hash is not over what it says and the entry before it/,
    ],
  ];

  it.each(tampering)("%s", async (_what, tamper, named) => {
    const copy = await createTestDatabase({ all: "its audit log is tampered with on purpose" });
    try {
      const rows = await withClient(copy.url, async (client) => {
        const made = await client.query<{ id: string }>(
          `insert into organization (name, distribution_list_words, bot_words) values ('Log', '{}', '{}') returning id`,
        );
        for (let number = 1; number <= 4; number += 1) {
          await append(client, made.rows[0]?.id ?? "", `entry ${number}`);
        }
        await client.query("alter table audit_entry disable trigger user");
        await client.query(tamper);
        await client.query("alter table audit_entry enable trigger user");
        const findings = await verifyDatabase(copy.url);
        return findings.find(({ invariant }) => invariant.id === "I19")?.violations ?? [];
      });
      expect(rows).toHaveLength(1);
      expect(`${rows[0]?.subject} ${rows[0]?.problem}`).toMatch(named);
    } finally {
      await copy.drop();
    }
  });
});
