import { describe, expect, test } from "vitest";
import { makeCopyWorld, useDatabase, type CopyWorld } from "../kinds/copy-customers/copy-world.ts";
import { digestOf } from "../kinds/copy-customers/inspect.ts";
import { addEveryEffect } from "../kinds/copy-customers/people.ts";
import { query } from "../kit/query.ts";
import {
  approve,
  beginUndo,
  domainTables,
  drive,
  loadUndo,
  makeApprover,
  migrationNow,
  planUndo,
  runCopy,
  setAside,
  steps,
  undo,
  upgrade,
  withoutServices,
} from "./undo-world.ts";

const database = useDatabase(withoutServices);

async function arrange(): Promise<CopyWorld> {
  const world = await makeCopyWorld(database.fork());
  await makeApprover(world.em);
  await addEveryEffect(world);
  return world;
}

/** Makes the database refuse to delete or insert where the condition holds; gives the way back. */
async function plant(
  world: CopyWorld,
  when: string,
  table: string,
  body: string,
): Promise<() => Promise<unknown>> {
  const row = when === "delete" ? "old" : "new";
  await query(
    world.em,
    `create function planted() returns trigger language plpgsql as $$ begin ${body} return ${row}; end $$`,
  );
  await query(
    world.em,
    `create trigger planted before ${when} on ${table} for each row execute function planted()`,
  );
  return () => query(world.em, "drop function planted cascade");
}

describe("a person the database refuses to put back", () => {
  test.each([
    ["delete", "portal_customer", "portal-nothing", "old.email = %L"],
    [
      "delete",
      "site_account",
      "account-nothing",
      "old.account_id = (select id from account where email = %L)",
    ],
    [
      "delete",
      "user_group_member",
      "portal-account",
      "old.account_id = (select id from account where email = %L)",
    ],
    ["insert", "portal_customer", "account-portal", "new.email = %L"],
  ])("is set aside alone, at %s of %s", async (when, table, local, condition) => {
    const world = await arrange();
    const { em } = world;
    const { scope, before } = await runCopy(world);
    await upgrade(em, scope);
    const email = world.mail(local);
    const restore = await plant(
      world,
      when,
      table,
      `if ${condition.replace("%L", `'${email}'`)} then raise check_violation using constraint = 'planted_rule'; end if;`,
    );
    const planned = await planUndo(em, scope, { outcome: "SUCCESSFUL" });
    const rest = await planUndo(em, scope, { everything: true }).catch(() => null);
    expect(rest).toBeNull();
    await query(em, "update migration_undo set state = 'SUPERSEDED' where id = $1", [planned.id]);
    const done = await undo(em, scope);
    await restore();
    expect(await setAside(em, done.id)).toEqual({ [email]: "the database refused it (planted_rule)" });
    expect(done).toMatchObject({ state: "UNDONE", refusedCount: 1, restoredCount: done.restoreCount - 1 });
    expect(await digestOf(em, domainTables)).not.toEqual(before);
    const [others] = await query<{ standing: number }>(
      em,
      "select count(*)::int as standing from migration_item where migration_id = $1 and undone_at is null and outcome is not null",
      [scope.migrationId],
    );
    expect(others?.standing).toBe(1);
  });
});

describe("an undo interrupted", () => {
  test("in the middle of a batch changes nobody, and goes on to the same end", async () => {
    const world = await arrange();
    const { em } = world;
    const { scope, before } = await runCopy(world);
    await approve(em, scope);
    await upgrade(em, scope);
    const planned = await planUndo(em, scope);
    await beginUndo(em, planned);
    // Batches of one person; the process dies inside the fourth.
    for (let batch = 0; batch < 3; batch += 1) {
      await steps(em, scope.migrationId, 1, 1);
    }
    const tables = [...domainTables, "migration", "migration_item", "migration_undo", "migration_event"];
    const atEdge = await digestOf(em, tables);
    await expect(
      em.transactional(async (tx) => {
        await steps(tx, scope.migrationId, 1, 1);
        expect(await digestOf(tx, tables)).not.toEqual(atEdge);
        throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    expect(await digestOf(em, tables)).toEqual(atEdge);
    expect(await loadUndo(em, planned.id)).toMatchObject({ processedCount: 3, state: "UNDOING" });
    await drive(em, scope.migrationId, 4);
    expect(await digestOf(em, domainTables)).toEqual(before);
    expect(await loadUndo(em, planned.id)).toMatchObject({
      processedCount: planned.totalCount,
      state: "UNDONE",
    });
    const events = await query<{ type: string; sequence: number; processed: number | null }>(
      em,
      `select type, sequence::int as sequence, (payload ->> 'processed')::int as processed from migration_event
       where migration_id = $1 order by sequence`,
      [scope.migrationId],
    );
    expect(events.map((event) => event.sequence)).toEqual(events.map((_event, index) => index + 1));
    const batches = events.filter((event) => event.type === "UNDO_BATCH");
    expect(batches.at(-1)?.processed).toBe(planned.totalCount);
    expect(events.slice(-2).map((event) => event.type)).toEqual(["UNDONE", "PROOF_PASSED"]);
  });

  test("while it is being planned makes the same plan", async () => {
    const world = await arrange();
    const { em } = world;
    const { scope } = await runCopy(world);
    const whole = await planUndo(em, scope);
    await query(em, "update migration_undo set state = 'SUPERSEDED' where id = $1", [whole.id]);
    const pieces = await planUndo(em, scope, { everything: true }, 2);
    expect(pieces.fingerprint).toBe(whole.fingerprint);
    expect(pieces).toMatchObject({
      restoreCount: whole.restoreCount,
      unchangedCount: whole.unchangedCount,
      totalCount: whole.totalCount,
    });
    expect(whole.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  test("by a fault of the database stops at a batch edge and gives the state back", async () => {
    const world = await arrange();
    const { em } = world;
    const { scope, before } = await runCopy(world);
    const { state } = await migrationNow(em, scope.migrationId);
    const planned = await planUndo(em, scope);
    await beginUndo(em, planned);
    await steps(em, scope.migrationId, 1, 2);
    const atEdge = await digestOf(em, domainTables);
    const restore = await plant(world, "delete", "portal_customer", "raise disk_full;");
    const restoreToo = async () => restore();
    await drive(em, scope.migrationId, 1_000);
    await restoreToo();
    expect(await loadUndo(em, planned.id)).toMatchObject({ state: "FAILED" });
    expect((await loadUndo(em, planned.id)).failure).toContain("disk_full");
    expect(await migrationNow(em, scope.migrationId)).toMatchObject({ state });
    expect(await digestOf(em, domainTables)).toEqual(atEdge);
    await undo(em, scope);
    expect(await digestOf(em, domainTables)).toEqual(before);
  });
});

test("undone rows are no longer upgraded, skipped or counted as waiting", async () => {
  const world = await arrange();
  const { em } = world;
  const { scope } = await runCopy(world);
  await undo(em, scope, { outcome: "REQUIRES_ATTENTION" });
  expect(await upgrade(em, scope)).toBe(0);
  expect(await approve(em, scope)).toBe(0);
});
