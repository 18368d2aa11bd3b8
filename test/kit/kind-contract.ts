import { describe, expect, it } from "vitest";
import type {
  Batch,
  MigrationKind,
  MigrationScope,
} from "../../packages/server/src/modules/migration/kind.ts";
import { scopeOf } from "../../packages/server/src/modules/migration/engine/scope.ts";
import { toMigrationRecord } from "../../packages/server/src/modules/migration/migration-record.ts";
import { loadMigrationsStatement } from "../../packages/server/src/modules/migration/sql/load-migrations.ts";
import { loadReportFiles } from "../../packages/server/src/modules/migration/report/report-files.ts";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { drive, makeApprover, undo } from "../undo/undo-world.ts";
import { query } from "./query.ts";

/** What a kind brings to be held to the contract: a small world with every case the kind knows. */
export interface KindWorld {
  em: EntityManager;
  /** A DRAFT migration of the kind over that world. */
  migrationId: string;
}

/** Every table that holds the directory; a plan leaves them alone, an undo puts them back. */
const domainTables = [
  "organization",
  "site",
  "product",
  "claimed_domain",
  "account",
  "site_account",
  "portal_customer",
  "service_project",
  "project_customer",
  "user_group",
  "user_group_member",
  "request",
  "request_participant",
  "role_assignment",
];
/** What planning writes besides. */
const planTables = ["migration_item", "migration_plan_part"];

/** Holds a kind to everything the engine relies on. `makeWorld` is called for each test. */
export function holdToContract(kind: MigrationKind<unknown>, makeWorld: () => Promise<KindWorld>): void {
  const scopeIn = async ({ em, migrationId }: KindWorld): Promise<MigrationScope<unknown>> => {
    const [row] = await loadMigrationsStatement.run(em, [[migrationId]]);
    if (row === undefined) {
      throw new Error("The world has no migration");
    }
    return scopeOf(toMigrationRecord(row), kind);
  };
  const plan = (em: EntityManager, scope: MigrationScope<unknown>) =>
    em.transactional((tx) => kind.plan(tx, scope));

  describe(`the contract of ${kind.code}`, () => {
    it("checks and digests read only", async () => {
      const world = await makeWorld();
      const scope = await scopeIn(world);
      await plan(world.em, scope);
      const before = await digestAll(world.em);
      await world.em.transactional((tx) => kind.check(tx, scope));
      await kind.inputDigest(world.em, scope);
      expect(await digestAll(world.em)).toEqual(before);
    });

    it("a plan writes its items and nothing else, numbered without a gap, sums as it says", async () => {
      const world = await makeWorld();
      const scope = await scopeIn(world);
      const before = await digestAll(world.em, planTables);
      const summary = await plan(world.em, scope);
      expect(await digestAll(world.em, planTables)).toEqual(before);
      const [items] = await query<{ count: number; first: number; last: number }>(
        world.em,
        "select count(*)::int as count, min(ordinal) as first, max(ordinal) as last from migration_item where migration_id = $1",
        [world.migrationId],
      );
      expect(items).toEqual({ count: summary.totalItems, first: 1, last: summary.totalItems });
      expect(summary.totalItems).toBeGreaterThan(0);
      expect(summary.successful + summary.requiresAttention + summary.failed).toBe(summary.totalItems);
      expect(summary.create + summary.link + summary.unchanged + summary.notCopied).toBe(summary.totalItems);
      expect(summary.rows.reduce((sum, row) => sum + row.count, 0)).toBe(summary.totalItems);
    });

    it("two plans over the same input have the same fingerprint, and over another input another digest", async () => {
      const world = await makeWorld();
      const scope = await scopeIn(world);
      const first = await plan(world.em, scope);
      const second = await plan(world.em, scope);
      expect(second.fingerprint).toBe(first.fingerprint);
      const digest = await kind.inputDigest(world.em, scope);
      expect(await kind.inputDigest(world.em, scope)).toBe(digest);
      await query(world.em, "update portal_customer set name = name || '!' where site_id = $1", [
        scope.sourceSiteId,
      ]);
      await query(world.em, "update site_account set active = active where site_id = $1", [
        scope.sourceSiteId,
      ]);
      expect(await kind.inputDigest(world.em, scope)).not.toBe(digest);
    });

    it("preparing twice equals once, a batch twice equals once", async () => {
      const world = await makeWorld();
      const scope = await scopeIn(world);
      const { totalItems } = await plan(world.em, scope);
      const batch: Batch<unknown> = { ...scope, after: 0, upTo: totalItems };
      await world.em.transactional((tx) => kind.prepare(tx, scope));
      const prepared = await digestAll(world.em);
      await world.em.transactional((tx) => kind.prepare(tx, scope));
      expect(await digestAll(world.em)).toEqual(prepared);
      const first = await world.em.transactional((tx) => kind.apply(tx, batch));
      const applied = await digestAll(world.em);
      expect(applied).not.toEqual(prepared);
      const second = await world.em.transactional((tx) => kind.apply(tx, batch));
      expect(second).toEqual(first);
      expect(first.successful + first.requiresAttention + first.failed).toBe(totalItems);
      expect(await digestAll(world.em)).toEqual(applied);
    });

    it("a run killed after any batch leaves that prefix alone and ends as an uninterrupted one", async () => {
      const world = await makeWorld();
      const scope = await scopeIn(world);
      const { totalItems } = await plan(world.em, scope);
      await world.em.transactional((tx) => kind.prepare(tx, scope));
      const size = Math.max(1, Math.ceil(totalItems / 4));
      for (let after = 0; after < totalItems; after += size) {
        const batch = { ...scope, after, upTo: Math.min(totalItems, after + size) };
        const before = await digestAll(world.em);
        await expect(
          world.em.transactional(async (tx) => {
            await kind.apply(tx, batch);
            throw new Error("killed before the commit");
          }),
        ).rejects.toThrow("killed");
        expect(await digestAll(world.em)).toEqual(before);
        await world.em.transactional((tx) => kind.apply(tx, batch));
      }
      const wrong = await query(
        world.em,
        "select ordinal from migration_item where migration_id = $1 and outcome is distinct from planned_outcome",
        [world.migrationId],
      );
      expect(wrong).toEqual([]);
    });

    it("the report's files hold every row once, and their sums are the counts", async () => {
      const world = await makeWorld();
      await runToEnd(world.em, await scopeIn(world), kind);
      const counts = await readCounts(world);
      const lines: Record<string, number> = {};
      for (const { name, text } of await loadReportFiles(world.em, world.migrationId)) {
        let content = "";
        for await (const piece of text) {
          content += piece;
        }
        lines[name] = content.split("\r\n").filter((line) => line !== "").length - 1;
      }
      expect(lines).toMatchObject({
        "Successful.csv": counts.successful,
        "RequiresAttention.csv": counts.attention,
        "Failed.csv": counts.failed,
      });
      expect(counts.successful + counts.attention + counts.failed).toBe(counts.total);
    });

    it.skipIf(kind.undo === undefined)("an undo puts the directory back, row for row", async () => {
      const world = await makeWorld();
      const scope = await scopeIn(world);
      // Who decides is there before, or the account would count as left behind.
      await makeApprover(world.em);
      const before = await digestOf(world.em, domainTables);
      await runToEnd(world.em, scope, kind);
      expect(await digestOf(world.em, domainTables)).not.toEqual(before);
      const undone = await undo(world.em, scope);
      expect(undone).toMatchObject({ state: "UNDONE", refusedCount: 0 });
      expect(await digestOf(world.em, domainTables)).toEqual(before);
    });
  });
}

/** Plans, prepares and lets the engine run it to its end. */
async function runToEnd(
  em: EntityManager,
  scope: MigrationScope<unknown>,
  kind: MigrationKind<unknown>,
): Promise<void> {
  const { totalItems } = await em.transactional((tx) => kind.plan(tx, scope));
  await em.transactional((tx) => kind.prepare(tx, scope));
  await query(
    em,
    "update migration set state = 'RUNNING', total_items = $2, started_at = clock_timestamp() where id = $1",
    [scope.migrationId, totalItems],
  );
  await drive(em, scope.migrationId);
}

async function readCounts({ em, migrationId }: KindWorld) {
  const [counts] = await query<{ total: number; successful: number; attention: number; failed: number }>(
    em,
    `select total_items as total, successful_count as successful, attention_count as attention, failed_count as failed
     from migration where id = $1`,
    [migrationId],
  );
  if (counts === undefined) {
    throw new Error("The world has no migration");
  }
  return counts;
}

/** A digest of every table of the product but those named. */
async function digestAll(em: EntityManager, except: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await query<{ name: string }>(
    em,
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  return digestOf(
    em,
    tables.map(({ name }) => name).filter((name) => !except.includes(name)),
  );
}

async function digestOf(em: EntityManager, tables: readonly string[]): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const table of tables) {
    const [row] = await query<{ digest: string }>(
      em,
      `select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest from ${table} t`,
    );
    digests[table] = row?.digest ?? "";
  }
  return digests;
}
