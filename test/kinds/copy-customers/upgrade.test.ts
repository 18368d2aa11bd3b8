import { describe, expect, test } from "vitest";
import { upgradePortalCustomers } from "../../../packages/server/src/modules/directory/upgrade/upgrade-portal-customers.ts";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import {
  listCustomer,
  makeAccount,
  makeAccountOnSite,
  makePortalCustomer,
  makeRequest,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { copy, makeCopyWorld, useDatabase, type CopyWorld, type Scope } from "./copy-world.ts";
import { digestOf, directoryTables, loadItem, loadItems, reachOf, standingOf } from "./inspect.ts";

const database = useDatabase();

/** Upgrades these items of a migration in a transaction of its own. */
async function upgrade(world: CopyWorld, scope: Scope, itemIds: string[], em = world.em) {
  const actor = await makeAccount(world.em);
  return em.transactional((tx) => {
    if (copyCustomers.upgrade === undefined) {
      throw new Error("The kind offers an upgrade");
    }
    return copyCustomers.upgrade(tx, scope, itemIds, actor.id);
  });
}

/** An account at the source, listed in SEC; portal-only at the destination, with requests; copied. */
async function copyDuplicate(world: CopyWorld, local = "dmurphy") {
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  const email = world.mail(local);
  const account = await makeAccountOnSite(em, source.id, { email, customerRole: true });
  await listCustomer(em, sourceProjects.SEC.id, { accountId: account.id });
  const portal = await makePortalCustomer(em, destination.id, { email });
  const mine = await makeRequest(em, destinationProjects.OPEN, { reporter: { portalCustomerId: portal.id } });
  const shared = await makeRequest(em, destinationProjects.OPEN, {
    participants: [{ portalCustomerId: portal.id }, { accountId: account.id }],
  });
  const followed = await makeRequest(em, destinationProjects.OPEN, {
    reporter: { accountId: account.id },
    participants: [{ portalCustomerId: portal.id }],
  });
  const keys = [mine, shared, followed].map((request) => request.key);
  const { scope } = await copy(world);
  const item = await loadItem(em, scope.migrationId, email);
  return { email, scope, item, keys, accountId: account.id, portalId: portal.id };
}

test("an upgrade makes the requests reachable again and leaves one account", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, destination } = world;
  const person = await copyDuplicate(world);
  // Sign-in resolves to the account, which has no role: nothing is reached, not even what the portal did.
  expect(await reachOf(em, destination.id, person.email)).toEqual([]);

  expect(await upgrade(world, person.scope, [person.item.id])).toEqual({ upgraded: 1 });

  expect(await standingOf(em, destination.id, person.email)).toMatchObject({
    type: "ATLASSIAN_ACCOUNT",
    accountActive: true,
    customerRole: true,
    accountProjects: ["SEC"],
    groups: [],
  });
  expect(await reachOf(em, destination.id, person.email)).toEqual(
    ["project OPEN", "project SEC", ...person.keys.map((key) => `request ${key}`)].toSorted(),
  );
  const participants = await query<{ count: number }>(
    em,
    `select count(*)::int as count from request_participant rp join request r on r.id = rp.request_id
     where r.site_id = $1 and rp.account_id = $2`,
    [destination.id, person.accountId],
  );
  expect(participants).toEqual([{ count: 2 }]);
  const [item] = await query(em, "select * from migration_item where id = $1", [person.item.id]);
  expect(item).toMatchObject({
    outcome: "SUCCESSFUL",
    type_after: "ATLASSIAN_ACCOUNT",
    problem: null,
    next_step: null,
    resolution: "UPGRADED",
  });
  expect(item?.resolved_at).not.toBeNull();
  expect(item?.resolved_by).not.toBeNull();
});

test("both project lists are joined, and an unchanged row gets its carried list with the upgrade", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  const email = world.mail("both");
  const from = await makePortalCustomer(em, source.id, { email });
  await listCustomer(em, sourceProjects.SEC.id, { portalCustomerId: from.id });
  const account = await makeAccountOnSite(em, destination.id, { email });
  const portal = await makePortalCustomer(em, destination.id, { email });
  await listCustomer(em, destinationProjects.OPEN.id, { portalCustomerId: portal.id });
  const { scope } = await copy(world);
  expect(await standingOf(em, destination.id, email)).toMatchObject({
    accountProjects: [],
    portalProjects: ["OPEN"],
  });
  const item = await loadItem(em, scope.migrationId, email);
  expect(item.nextStep).toBe("Upgrade portal-only account to Atlassian account, then copy again");

  await upgrade(world, scope, [item.id]);

  expect(await standingOf(em, destination.id, email)).toMatchObject({
    type: "ATLASSIAN_ACCOUNT",
    customerRole: true,
    accountProjects: ["OPEN", "SEC"],
  });
  // The account keeps its id: what it is elsewhere has not changed.
  expect(await query(em, "select id from account where email = $1", [email])).toEqual([{ id: account.id }]);
});

test("of two upgrades at once one does it and the other finds nothing", async () => {
  const world = await makeCopyWorld(database.fork());
  const person = await copyDuplicate(world);
  const results = await Promise.all(
    [1, 2, 3].map(() => upgrade(world, person.scope, [person.item.id], database.fork())),
  );
  expect(results.map((result) => result.upgraded).toSorted()).toEqual([0, 0, 1]);
});

test("again, unknown, foreign and settled items are left alone", async () => {
  const world = await makeCopyWorld(database.fork());
  const person = await copyDuplicate(world);
  await upgrade(world, person.scope, [person.item.id]);
  const other = await makeCopyWorld(world.em);
  const foreign = await copyDuplicate(other);
  const before = await digestOf(world.em, [
    ...directoryTables.filter((table) => table !== "account"),
    "migration_item",
  ]);
  const unknown = "00000000-0000-7000-8000-000000000000";
  expect(await upgrade(world, person.scope, [person.item.id, unknown, foreign.item.id])).toEqual({
    upgraded: 0,
  });
  expect(await upgrade(world, person.scope, [])).toEqual({ upgraded: 0 });
  expect(
    await digestOf(world.em, [...directoryTables.filter((table) => table !== "account"), "migration_item"]),
  ).toEqual(before);
});

describe("left out, and still open", () => {
  test.each([
    ["the Atlassian account was deactivated", "update site_account set active = false where site_id = $1"],
    ["portal access was revoked", "update portal_customer set active = false where site_id = $1"],
    ["the account left the site", "delete from site_account where site_id = $1"],
    [
      "somebody decided to leave the row as it is",
      "update migration_item set resolution = 'SKIPPED', resolved_at = now() where destination_state = 'PORTAL_ONLY' and $1::uuid is not null",
    ],
    [
      "the run has not come to the row",
      "update migration_item set outcome = null where destination_state = 'PORTAL_ONLY' and $1::uuid is not null",
    ],
  ])("when %s", async (_name, change) => {
    const world = await makeCopyWorld(database.fork());
    const person = await copyDuplicate(world);
    await query(world.em, change, [world.destination.id]);
    const item = await loadItem(world.em, person.scope.migrationId, person.email);
    const before = await standingOf(world.em, world.destination.id, person.email);
    expect(await upgrade(world, person.scope, [person.item.id])).toEqual({ upgraded: 0 });
    expect(await standingOf(world.em, world.destination.id, person.email)).toEqual(before);
    expect(await loadItem(world.em, person.scope.migrationId, person.email)).toEqual(item);
  });
});

test("many at once, and only those asked for", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination } = world;
  const locals = ["a", "b", "c", "d"];
  for (const local of locals) {
    await makeAccountOnSite(em, source.id, { email: world.mail(local) });
    await makePortalCustomer(em, destination.id, { email: world.mail(local) });
  }
  const { scope } = await copy(world);
  const items = await loadItems(em, scope.migrationId);
  const chosen = items.slice(0, 3).map((item) => item.id);
  expect(await upgrade(world, scope, chosen)).toEqual({ upgraded: 3 });
  const types = await Promise.all(
    locals.map(async (local) => (await standingOf(em, destination.id, world.mail(local))).type),
  );
  expect(types).toEqual(["ATLASSIAN_ACCOUNT", "ATLASSIAN_ACCOUNT", "ATLASSIAN_ACCOUNT", "BOTH"]);
});

test("an item whose person another migration upgraded is settled too", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, destination, destinationProjects } = world;
  const person = await copyDuplicate(world);
  const second = await copy(world);
  const item = await loadItem(em, second.scope.migrationId, person.email);
  expect(item.effect).toBe("UNCHANGED");
  await upgrade(world, person.scope, [person.item.id]);
  await query(em, "delete from project_customer where project_id = $1", [destinationProjects.SEC.id]);
  expect(await upgrade(world, second.scope, [item.id])).toEqual({ upgraded: 1 });
  expect(await standingOf(em, destination.id, person.email)).toMatchObject({ accountProjects: ["SEC"] });
});

test("upgradePortalCustomers touches one site and its own ids alone", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination, sourceProjects } = world;
  const email = world.mail("alone");
  await makeAccountOnSite(em, destination.id, { email });
  await makeAccountOnSite(em, source.id, { email });
  const there = await makePortalCustomer(em, destination.id, { email });
  const here = await makePortalCustomer(em, source.id, { email });
  const request = await makeRequest(em, sourceProjects.OPEN, { reporter: { portalCustomerId: here.id } });
  const withoutAccount = await makePortalCustomer(em, destination.id, { email: world.mail("without") });
  const pairs = await em.transactional((tx) =>
    upgradePortalCustomers(tx, destination.id, [there.id, here.id, withoutAccount.id, there.id]),
  );
  expect(pairs.map((pair) => pair.portalCustomerId)).toEqual([there.id]);
  expect(await standingOf(em, source.id, email)).toMatchObject({ type: "BOTH", customerRole: false });
  expect(await standingOf(em, destination.id, world.mail("without"))).toMatchObject({ type: "PORTAL_ONLY" });
  expect(
    await query(em, "select reporter_portal_customer_id as id from request where id = $1", [request.id]),
  ).toEqual([{ id: here.id }]);
  expect(await em.transactional((tx) => upgradePortalCustomers(tx, destination.id, []))).toEqual([]);
});
