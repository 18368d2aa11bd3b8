import { describe, expect, test } from "vitest";
import { makeCopyWorld, useDatabase, type CopyWorld } from "../kinds/copy-customers/copy-world.ts";
import { digestOf, loadItem } from "../kinds/copy-customers/inspect.ts";
import { addEveryEffect } from "../kinds/copy-customers/people.ts";
import {
  listCustomer,
  makeAccountOnSite,
  makePortalCustomer,
  makeRequest,
  makeSite,
} from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import {
  approve,
  domainTables,
  makeApprover,
  migrationNow,
  runCopy,
  undo,
  upgrade,
  withoutServices,
} from "./undo-world.ts";

const database = useDatabase(withoutServices);

/** Every effect, and duplicates with lists, requests and participations on both of their accounts. */
async function arrange(): Promise<CopyWorld> {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  await makeApprover(em);
  await addEveryEffect(world);
  for (const local of ["busy-new", "busy-both"]) {
    const email = world.mail(local);
    const account = await makeAccountOnSite(em, source.id, { email, kind: "PERSON" });
    await listCustomer(em, sourceProjects.SEC.id, { accountId: account.id });
    const portal = await makePortalCustomer(em, destination.id, { email, name: "Busy", kind: "PERSON" });
    const own = { portalCustomerId: portal.id };
    await listCustomer(em, destinationProjects.SEC.id, own);
    await listCustomer(em, destinationProjects.OPEN.id, own);
    await makeRequest(em, destinationProjects.SEC, { reporter: own });
    const shared = await makeRequest(em, destinationProjects.OPEN, { participants: [own] });
    if (local === "busy-both") {
      await makeAccountOnSite(em, destination.id, { email, customerRole: false });
      await listCustomer(em, destinationProjects.SEC.id, { accountId: account.id });
      await query(em, "insert into request_participant (request_id, account_id) values ($1, $2)", [
        shared.id,
        account.id,
      ]);
      await makeRequest(em, destinationProjects.OPEN, { reporter: { accountId: account.id } });
    }
  }
  return world;
}

describe("an undo of the whole run", () => {
  test.each([1, 3, 1_000])(
    "in batches of %i gives every domain table back, row for row",
    async (batchSize) => {
      const world = await arrange();
      const { em } = world;
      const { scope, before } = await runCopy(world, batchSize);
      expect(await approve(em, scope)).toBeGreaterThan(2);
      expect(await upgrade(em, scope)).toBeGreaterThan(3);
      const during = await digestOf(em, domainTables);
      expect(domainTables.filter((table) => during[table] !== before[table])).toEqual([
        "site_account",
        "portal_customer",
        "project_customer",
        "user_group",
        "user_group_member",
        "request",
        "request_participant",
      ]);
      const done = await undo(em, scope, { everything: true }, batchSize);
      expect(await digestOf(em, domainTables)).toEqual(before);
      expect(done).toMatchObject({ state: "UNDONE", refusedCount: 0, setAsideCount: 0 });
      expect(done.restoredCount).toBe(done.restoreCount);
      expect(done.processedCount).toBe(done.totalCount);
      expect(await migrationNow(em, scope.migrationId)).toMatchObject({
        state: "UNDONE",
        open: 0,
        undone: done.restoreCount,
        setAside: 0,
        proofDue: false,
      });
      const [proof] = await query<{ proof: object }>(em, "select proof from migration where id = $1", [
        scope.migrationId,
      ]);
      expect(proof?.proof).toMatchObject({ gained: 0, lost: 0, unexplained: 0 });
    },
  );

  test("leaves the counts of the report as the run and the decisions made them", async () => {
    const world = await arrange();
    const { em } = world;
    const { scope } = await runCopy(world);
    await approve(em, scope);
    const { successful, attention, failed, open } = await migrationNow(em, scope.migrationId);
    expect(open).toBeGreaterThan(0);
    await undo(em, scope);
    expect(await migrationNow(em, scope.migrationId)).toMatchObject({
      successful,
      attention,
      failed,
      open: 0,
    });
  });

  test("before any decision, and with a declined group, ends the same", async () => {
    for (const decline of [false, true]) {
      const world = await arrange();
      const { em } = world;
      const { scope, before } = await runCopy(world);
      if (decline) {
        await query(
          em,
          "update user_group set review_state = 'DECLINED', decision_reason = 'No' where migration_id = $1",
          [scope.migrationId],
        );
      }
      await undo(em, scope);
      expect(await digestOf(em, domainTables)).toEqual(before);
    }
  });

  test("touches no other site of the organization", async () => {
    const world = await arrange();
    const { em } = world;
    const other = await makeSite(em, { organizationId: world.organizationId });
    const { scope } = await runCopy(world);
    const onOther = await query<{ id: string }>(em, "select id from account where email = $1", [
      world.mail("account-nothing"),
    ]);
    await query(em, "insert into site_account (site_id, account_id, customer_role) values ($1, $2, true)", [
      other.id,
      onOther[0]?.id,
    ]);
    await makePortalCustomer(em, other.id, { email: world.mail("portal-nothing") });
    const digest = () =>
      query(
        em,
        `select (select md5(string_agg(s::text, '|' order by s::text)) from site_account s where site_id <> $1) as a,
           (select md5(string_agg(p::text, '|' order by p::text)) from portal_customer p where site_id <> $1) as p`,
        [world.destination.id],
      );
    const there = await digest();
    await undo(em, scope);
    expect(await digest()).toEqual(there);
  });

  test("makes room for a second run, which does the same again", async () => {
    const world = await arrange();
    const { em } = world;
    const first = await runCopy(world);
    await approve(em, first.scope);
    await upgrade(em, first.scope);
    await undo(em, first.scope);
    const second = await runCopy(world);
    // Making a migration makes its creator, so that table is another.
    expect({ ...second.before, account: "" }).toEqual({ ...first.before, account: "" });
    const outcomes = (migrationId: string) =>
      query(
        em,
        "select email, effect, planned_outcome from migration_item where migration_id = $1 order by ordinal",
        [migrationId],
      );
    expect(await outcomes(second.scope.migrationId)).toEqual(await outcomes(first.scope.migrationId));
    expect(await approve(em, second.scope)).toBeGreaterThan(2);
  });
});

describe("an undo of some", () => {
  test("by person puts that person back alone, and the rest with the next one", async () => {
    const world = await arrange();
    const { em } = world;
    const { scope, before } = await runCopy(world);
    await upgrade(em, scope);
    const state = (await migrationNow(em, scope.migrationId)).state;
    const item = await loadItem(em, scope.migrationId, world.mail("busy-new"));
    const done = await undo(em, scope, { itemIds: [item.id] });
    expect(done).toMatchObject({ totalCount: 1, restoredCount: 1, everything: false });
    expect(await migrationNow(em, scope.migrationId)).toMatchObject({ state, undone: 1 });
    expect(
      await query(em, "select name from portal_customer where site_id = $1 and email = $2", [
        world.destination.id,
        world.mail("busy-new"),
      ]),
    ).toEqual([{ name: "Busy" }]);
    const rest = await undo(em, scope);
    expect(rest.totalCount).toBeGreaterThan(5);
    expect(await digestOf(em, domainTables)).toEqual(before);
  });

  test.each([
    { outcome: "REQUIRES_ATTENTION" },
    { outcome: "SUCCESSFUL" },
    { effect: "CREATE" },
    { effect: "LINK" },
  ])("by class: %o", async (wanted) => {
    const world = await arrange();
    const { em } = world;
    const { scope, before } = await runCopy(world);
    await approve(em, scope);
    const rows = await query<{ id: string; chosen: boolean }>(
      em,
      `select id, outcome = coalesce($2, outcome) and effect = coalesce($3, effect) as chosen
         from migration_item where migration_id = $1`,
      [scope.migrationId, wanted.outcome ?? null, wanted.effect ?? null],
    );
    const done = await undo(em, scope, wanted);
    expect(done.totalCount).toBe(rows.filter((row) => row.chosen).length);
    const undone = await query<{ id: string }>(
      em,
      "select id from migration_item where migration_id = $1 and undone_at is not null",
      [scope.migrationId],
    );
    expect(new Set(undone.map((row) => row.id))).toEqual(
      new Set(rows.filter((row) => row.chosen).map((row) => row.id)),
    );
    await undo(em, scope);
    expect(await digestOf(em, domainTables)).toEqual(before);
  });

  test("that leaves the imported group empty removes it; one that does not keeps it", async () => {
    const world = await arrange();
    const { em } = world;
    const { scope } = await runCopy(world);
    const members = await query<{ id: string }>(
      em,
      "select id from migration_item where migration_id = $1 and joins_group order by ordinal",
      [scope.migrationId],
    );
    const groups = () => query(em, "select id from user_group where migration_id = $1", [scope.migrationId]);
    await undo(em, scope, { itemIds: members.slice(1).map((row) => row.id) });
    expect(await groups()).toHaveLength(1);
    await undo(em, scope, { itemIds: members.slice(0, 1).map((row) => row.id) });
    expect(await groups()).toHaveLength(0);
  });

  test("of everybody who waits completes the run", async () => {
    const world = await arrange();
    const { em } = world;
    const { scope } = await runCopy(world);
    expect(await migrationNow(em, scope.migrationId)).toMatchObject({ state: "COMPLETED_WITH_ATTENTION" });
    await undo(em, scope, { outcome: "REQUIRES_ATTENTION" });
    expect(await migrationNow(em, scope.migrationId)).toMatchObject({ state: "COMPLETED", open: 0 });
  });
});
