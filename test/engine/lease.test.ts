import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { holdPresence, type Presence } from "../../packages/server/src/platform/jobs/presence.ts";
import { applyBatch } from "../../packages/server/src/modules/migration/engine/apply-batch.ts";
import { advance } from "../../packages/server/src/modules/migration/engine/advance.ts";
import {
  beatLeases,
  holdFence,
  LeaseLost,
  releaseLease,
  takeLease,
  type Lease,
} from "../../packages/server/src/modules/migration/engine/lease.ts";
import { findWorkStatement } from "../../packages/server/src/modules/migration/engine/sql/find-work.ts";
import { toMigrationRecord } from "../../packages/server/src/modules/migration/migration-record.ts";
import { loadMigrationsStatement } from "../../packages/server/src/modules/migration/sql/load-migrations.ts";
import { findKind } from "../../packages/server/src/modules/migration/index.ts";
import { query } from "../kit/query.ts";
import { makeCopyWorld, makeScope, plan, prepare, useDatabase } from "../kinds/copy-customers/copy-world.ts";
import { addEveryEffect } from "../kinds/copy-customers/people.ts";

const database = useDatabase();
const logger = createLogger("silent");

describe("a lease", () => {
  let first: Presence;
  let second: Presence;
  const worker = (name: string, presence: Presence): { worker: string; presence: number } => ({
    worker: name,
    presence: presence.key,
  });

  beforeAll(async () => {
    first = await holdPresence(database.url(), logger);
    second = await holdPresence(database.url(), logger);
  });

  afterAll(async () => {
    await first.close();
    await second.close();
  });

  /** A planned run in RUNNING with nothing applied. */
  async function makeRun(): Promise<string> {
    const world = await makeCopyWorld(database.fork());
    await addEveryEffect(world);
    const scope = await makeScope(world);
    const { totalItems } = await plan(world.em, scope);
    await prepare(world.em, scope);
    await query(world.em, "update migration set state = 'RUNNING', total_items = $2 where id = $1", [
      scope.migrationId,
      totalItems,
    ]);
    return scope.migrationId;
  }

  async function readRun(
    id: string,
  ): Promise<{ state: string; applied: number; events: number; done: number }> {
    const [row] = await query<{ state: string; applied: number; events: number; done: number }>(
      database.fork(),
      `select m.state, m.applied_ordinal as applied, m.last_sequence::int as events,
         (select count(*)::int from migration_item i where i.migration_id = m.id and i.outcome is not null) as done
       from migration m where m.id = $1`,
      [id],
    );
    if (row === undefined) {
      throw new Error("The run is gone");
    }
    return row;
  }

  function drive(lease: Lease): Promise<void> {
    return advance(lease, {
      fork: () => database.fork(),
      kinds: findKind,
      batchSize: 1000,
      batchPause: 0,
      lanes: 2,
      logger,
      isOver: () => false,
    });
  }

  it("belongs to one living worker at a time, and its work is not offered to others", async () => {
    const id = await makeRun();
    expect(await takeLease(database.fork(), id, worker("a", first))).not.toBeNull();
    expect(await takeLease(database.fork(), id, worker("b", second))).toBeNull();
    expect(await findWorkStatement.run(database.fork())).not.toContainEqual({ id });
    await releaseLease(database.fork(), { migrationId: id, number: "1" }, "a");
    expect(await findWorkStatement.run(database.fork())).toContainEqual({ id });
    expect(await takeLease(database.fork(), id, worker("b", second))).not.toBeNull();
  });

  it("passes on when its time has run out, and at once when the worker's connection is gone", async () => {
    const id = await makeRun();
    const doomed = await holdPresence(database.url(), logger);
    const before = await takeLease(database.fork(), id, worker("doomed", doomed));
    await doomed.close();
    const after = await takeLease(database.fork(), id, worker("b", second));
    expect(Number(after?.number)).toBe(Number(before?.number) + 1);
    await query(
      database.fork(),
      "update migration_lease set expires_at = clock_timestamp() - interval '1 second' where migration_id = $1",
      [id],
    );
    expect(await takeLease(database.fork(), id, worker("a", first))).not.toBeNull();
  });

  it("lasts on while the worker shows that it lives", async () => {
    const id = await makeRun();
    await takeLease(database.fork(), id, worker("a", first));
    const readEnd = async (): Promise<number> => {
      const [row] = await query<{ left: number }>(
        database.fork(),
        "select extract(epoch from expires_at - beaten_at)::float as left from migration_lease where migration_id = $1",
        [id],
      );
      return row?.left ?? 0;
    };
    await query(
      database.fork(),
      "update migration_lease set expires_at = clock_timestamp() + interval '1 second' where migration_id = $1",
      [id],
    );
    await beatLeases(database.fork(), "a");
    expect(await readEnd()).toBeCloseTo(12, 0);
  });

  it("that is no longer held writes nothing: no batch, no step, no failure", async () => {
    const id = await makeRun();
    const old = await takeLease(database.fork(), id, worker("a", first));
    await releaseLease(database.fork(), { migrationId: id, number: "1" }, "a");
    const held = await takeLease(database.fork(), id, worker("b", second));
    if (old === null || held === null) {
      throw new Error("Both leases should have been given");
    }
    const before = await readRun(id);
    await drive(old);
    expect(await readRun(id)).toEqual(before);
    await expect(database.fork().transactional((tx) => holdFence(tx, old, ["RUNNING"]))).rejects.toThrow(
      LeaseLost,
    );
    await drive(held);
    const done = await readRun(id);
    expect(done.state).toMatch(/^COMPLETED/);
    expect(done.done).toBe(done.applied);
  });

  it("lost in the middle of a batch: the batch leaves nothing behind", async () => {
    const id = await makeRun();
    const old = await takeLease(database.fork(), id, worker("a", first));
    if (old === null) {
      throw new Error("The lease should have been given");
    }
    const kind = findKind("COPY_CUSTOMERS");
    const before = await readRun(id);
    await advance(old, {
      fork: () => database.fork(),
      kinds: () => ({
        ...kind,
        async apply(em, batch) {
          const result = await kind.apply(em, batch);
          // Another worker takes over while this one has written its people and not yet its counts.
          await query(database.fork(), "update migration set lease_number = lease_number + 1 where id = $1", [
            id,
          ]);
          return result;
        },
      }),
      batchSize: 1000,
      batchPause: 0,
      lanes: 2,
      logger,
      isOver: () => false,
    });
    expect(await readRun(id)).toEqual(before);
  });

  it("records a batch once: with the cursor elsewhere it leaves nothing behind", async () => {
    const id = await makeRun();
    const lease = await takeLease(database.fork(), id, worker("a", first));
    const [row] = await loadMigrationsStatement.run(database.fork(), [[id]]);
    if (lease === null || row === undefined) {
      throw new Error("The run should be there and free");
    }
    const migration = toMigrationRecord(row);
    const range = { after: 0, upTo: 3 };
    const apply = (): Promise<void> =>
      database
        .fork()
        .transactional((tx) => applyBatch(tx, migration, lease, findKind, range, Promise.resolve()));
    await apply();
    const once = await readRun(id);
    expect(once).toMatchObject({ applied: 3, done: 3 });
    await expect(apply()).rejects.toThrow(LeaseLost);
    expect(await readRun(id)).toEqual(once);
  });

  it("is refused for a migration that does not exist", async () => {
    await expect(takeLease(database.fork(), randomUUID(), worker("a", first))).rejects.toThrow();
  });
});
