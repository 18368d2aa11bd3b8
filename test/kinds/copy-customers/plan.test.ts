import { describe, expect, test } from "vitest";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import { listCustomer, makeGroup, makePortalCustomer } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { makeCopyWorld, makeScope, plan, prepare, useDatabase } from "./copy-world.ts";
import { digestOf, directoryTables } from "./inspect.ts";
import { addFewPeople } from "./people.ts";

const database = useDatabase();

test("two plans of the same input have the same fingerprint, also those of two migrations", async () => {
  const world = await makeCopyWorld(database.fork());
  await addFewPeople(world);
  const scope = await makeScope(world);
  const first = await plan(world.em, scope);
  const second = await plan(world.em, scope);
  const other = await plan(world.em, await makeScope(world));
  expect(second).toEqual(first);
  expect(other.fingerprint).toBe(first.fingerprint);
});

test("another outcome, name or project list gives another fingerprint", async () => {
  const world = await makeCopyWorld(database.fork());
  const accountId = await addFewPeople(world);
  const { em, destination, sourceProjects } = world;
  const scope = await makeScope(world);
  const fingerprints = new Set([(await plan(em, scope)).fingerprint]);
  await query(em, "update site_account set customer_role = true where site_id = $1 and account_id = $2", [
    destination.id,
    accountId,
  ]);
  fingerprints.add((await plan(em, scope)).fingerprint);
  await query(em, "update account set name = 'Renamed' where id = $1", [accountId]);
  fingerprints.add((await plan(em, scope)).fingerprint);
  await listCustomer(em, sourceProjects.SEC.id, { accountId });
  fingerprints.add((await plan(em, scope)).fingerprint);
  expect(fingerprints.size).toBe(4);
});

test("planning and checking write nothing but items", async () => {
  const world = await makeCopyWorld(database.fork());
  await addFewPeople(world);
  const scope = await makeScope(world);
  const tables = [
    ...directoryTables,
    "migration",
    "migration_check",
    "migration_event",
    "access_before_person",
  ];
  const before = await digestOf(world.em, tables);
  await plan(world.em, scope);
  await world.em.transactional((tx) => copyCustomers.check(tx, scope));
  await copyCustomers.inputDigest(world.em, scope);
  expect(await digestOf(world.em, tables)).toEqual(before);
});

test("the counts of a plan add up to its items", async () => {
  const world = await makeCopyWorld(database.fork());
  await addFewPeople(world);
  const summary = await plan(world.em, await makeScope(world));
  expect(summary).toMatchObject({
    totalItems: 4,
    create: 1,
    link: 2,
    unchanged: 0,
    notCopied: 1,
    successful: 1,
    requiresAttention: 2,
    failed: 1,
    joinsGroup: 2,
  });
  expect(summary.rows.reduce((sum, row) => sum + row.count, 0)).toBe(4);
  expect(summary.rows).toContainEqual({
    sourceType: "ATLASSIAN_ACCOUNT",
    destinationState: "NOTHING",
    typeAfter: "ATLASSIAN_ACCOUNT",
    effect: "LINK",
    outcome: "REQUIRES_ATTENTION",
    problem: "ACCOUNT_WITHOUT_CUSTOMER_ROLE",
    nextStep: "REVIEW_GROUP",
    count: 1,
  });
  const sentences = copyCustomers.describe(summary, { source: "A", destination: "B" });
  expect(sentences).toEqual([
    "1 person gets a portal-only account on B.",
    `2 people reach no service project on B until group ${summary.groupName} is approved.`,
    "1 person is not copied.",
    "Nobody is mailed or signed out, and nothing changes on A.",
  ]);
});

describe("the imported group", () => {
  test("takes the first free name, without regard to case, and never an existing group", async () => {
    const world = await makeCopyWorld(database.fork());
    await addFewPeople(world);
    const { em, source, destination } = world;
    const scope = await makeScope(world);
    const name = `Imported customers from ${source.name} (MR-${scope.number})`;
    const taken = await makeGroup(em, destination.id, { name: name.toUpperCase() });
    await makeGroup(em, destination.id, { name: `${name} 2` });
    await makeGroup(em, source.id, { name: `${name} 3` });
    expect((await plan(em, scope)).groupName).toBe(`${name} 3`);
    const events = await prepare(em, scope);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: "GROUP_CREATED", payload: { name: `${name} 3`, members: 2 } });
    expect(events[0]?.payload.groupId).not.toBe(taken.id);
  });

  test("is made once, waiting for review and granting nothing", async () => {
    const world = await makeCopyWorld(database.fork());
    await addFewPeople(world);
    const scope = await makeScope(world);
    await plan(world.em, scope);
    await prepare(world.em, scope);
    const before = await digestOf(world.em, [...directoryTables, "access_before_person"]);
    expect(await prepare(world.em, scope)).toEqual([]);
    expect(await digestOf(world.em, [...directoryTables, "access_before_person"])).toEqual(before);
    const groups = await query(
      world.em,
      "select review_state, grants_customer_role from user_group where migration_id = $1",
      [scope.migrationId],
    );
    expect(groups).toEqual([{ review_state: "PENDING", grants_customer_role: false }]);
  });

  test("is not made for nobody", async () => {
    const world = await makeCopyWorld(database.fork());
    await makePortalCustomer(world.em, world.source.id);
    const scope = await makeScope(world);
    expect((await plan(world.em, scope)).groupName).toBeNull();
    expect(await prepare(world.em, scope)).toEqual([]);
  });
});

test("options are normalized and refused without a project", () => {
  const parse = (input: unknown) => copyCustomers.options.safeParse(input);
  expect(parse({ allCustomers: false, projectKeys: [" sec ", "OPEN", "Sec"] }).data).toEqual({
    allCustomers: false,
    projectKeys: ["OPEN", "SEC"],
  });
  expect(parse({ allCustomers: true }).data).toEqual({ allCustomers: true, projectKeys: [] });
  expect(parse({ allCustomers: false, projectKeys: [] }).success).toBe(false);
  expect(parse({ allCustomers: false, projectKeys: [" "] }).success).toBe(false);
  expect(parse({ projectKeys: ["A"] }).success).toBe(false);
});
