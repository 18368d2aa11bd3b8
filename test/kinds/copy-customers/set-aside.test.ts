import { describe, expect, test } from "vitest";
import {
  claimDomain,
  listCustomer,
  makeAccountOnSite,
  makeOrganization,
  makePortalCustomer,
  makeProject,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import {
  applyAll,
  applyOne,
  type CopyWorld,
  makeCopyWorld,
  makeScope,
  plan,
  prepare,
  useDatabase,
} from "./copy-world.ts";
import { digestOf, directoryTables, loadItem, loadItems, standingOf } from "./inspect.ts";
import { addEveryEffect } from "./people.ts";

const database = useDatabase();

/** Makes the database refuse inserts into the table where the condition holds; gives the way back. */
async function failWrites(
  world: CopyWorld,
  table: string,
  condition: string,
): Promise<() => Promise<unknown>> {
  await query(
    world.em,
    `create function refuse_row() returns trigger language plpgsql as $$
     begin if ${condition} then raise check_violation using constraint = 'planted_rule'; end if; return new; end $$`,
  );
  await query(
    world.em,
    `create trigger refuse_row before insert on ${table} for each row execute function refuse_row()`,
  );
  return () => query(world.em, "drop function refuse_row cascade");
}

describe("a row that the database refuses", () => {
  test.each([
    ["portal_customer", "portal-nothing", "NONE", "new.email = %L"],
    [
      "site_account",
      "account-portal",
      "PORTAL_ONLY",
      "new.account_id = (select id from account where email = %L)",
    ],
    [
      "user_group_member",
      "portal-account",
      "ATLASSIAN_ACCOUNT",
      "new.account_id = (select id from account where email = %L)",
    ],
  ])("fails alone, at %s", async (table, local, typeBefore, condition) => {
    const world = await makeCopyWorld(database.fork());
    const email = world.mail(local);
    const emails = await addEveryEffect(world);
    const scope = await makeScope(world);
    const summary = await plan(world.em, scope);
    await prepare(world.em, scope);
    const restore = await failWrites(world, table, condition.replace("%L", `'${email}'`));
    const result = await applyAll(world.em, scope, 1_000);
    await restore();

    expect(await loadItem(world.em, scope.migrationId, email)).toMatchObject({
      outcome: "FAILED",
      effect: "NOT_COPIED",
      type_after: typeBefore,
      problem: "Could not be copied: the database refused it (planted_rule)",
      nextStep: "Plan again",
    });
    expect(await standingOf(world.em, world.destination.id, email)).toMatchObject({
      type: typeBefore,
      groups: [],
      portalProjects: [],
      accountProjects: [],
    });
    const others = (await loadItems(world.em, scope.migrationId)).filter((other) => other.email !== email);
    expect(others.every((other) => other.outcome === other.planned_outcome)).toBe(true);
    expect(result.failed).toBe(summary.failed + 1);
    expect(result.successful + result.requiresAttention + result.failed).toBe(emails.length + 1);
  });

  test("is told from a fault of the database, which stops the batch whole", async () => {
    const world = await makeCopyWorld(database.fork());
    const { em } = world;
    await addEveryEffect(world);
    const scope = await makeScope(world);
    const { totalItems } = await plan(em, scope);
    await prepare(em, scope);
    await query(
      em,
      "create function disk_full() returns trigger language plpgsql as $$ begin raise disk_full; end $$",
    );
    await query(em, "create trigger disk_full before insert on portal_customer execute function disk_full()");
    const before = await digestOf(em, directoryTables);
    await expect(applyOne(em, scope, 0, totalItems)).rejects.toMatchObject({ code: "53100" });
    await query(em, "drop function disk_full cascade");
    expect(await digestOf(em, directoryTables)).toEqual(before);
    expect((await loadItems(em, scope.migrationId)).every((item) => item.outcome === null)).toBe(true);
  });
});

describe("people who changed after the plan", () => {
  type Drift = (world: CopyWorld, email: string) => Promise<unknown>;
  const cases: [string, string, Drift][] = [
    [
      "got a portal-only account",
      "portal-nothing",
      ({ em, destination }, email) => makePortalCustomer(em, destination.id, { email }),
    ],
    [
      "came onto the site with an account",
      "account-nothing",
      ({ em, destination }, email) => makeAccountOnSite(em, destination.id, { email }),
    ],
    [
      "lost the Customer role",
      "account-role",
      ({ em, destination }) =>
        query(em, "update site_account set customer_role = false where site_id = $1", [destination.id]),
    ],
    [
      "were deactivated",
      "portal-account",
      ({ em, destination }) =>
        query(em, "update site_account set active = false where site_id = $1", [destination.id]),
    ],
    [
      "lost their portal-only account",
      "account-portal",
      ({ em, destination }) => query(em, "delete from portal_customer where site_id = $1", [destination.id]),
    ],
    [
      "have another portal-only account than before",
      "portal-portal",
      ({ em, destination }) =>
        query(em, "update portal_customer set id = gen_random_uuid() where site_id = $1", [destination.id]),
    ],
    [
      "were deactivated at the source",
      "portal-portal",
      ({ em, source }) =>
        query(em, "update portal_customer set active = false where site_id = $1", [source.id]),
    ],
    [
      "got an Atlassian account on the source",
      "portal-nothing",
      ({ em, source }, email) => makeAccountOnSite(em, source.id, { email }),
    ],
    [
      "were marked as a distribution list at the source",
      "account-nothing",
      ({ em, source }) =>
        query(em, "update site_account set kind = 'DISTRIBUTION_LIST' where site_id = $1", [source.id]),
    ],
    [
      "have an address that the organization now counts as a bot",
      "portal-nothing",
      ({ em, organizationId }) =>
        query(em, "update organization set bot_words = '{ Portal-Nothing}' where id = $1", [organizationId]),
    ],
    [
      "have an account whose domain another organization claimed",
      "account-role",
      async ({ em }, email) => claimDomain(em, (await makeOrganization(em)).id, email.split("@")[1] ?? ""),
    ],
  ];
  test.each(cases)("because they %s are set aside as they are", async (_name, local, drift) => {
    const world = await makeCopyWorld(database.fork());
    await addEveryEffect(world);
    const email = world.mail(local);
    const scope = await makeScope(world);
    await plan(world.em, scope);
    await prepare(world.em, scope);
    await drift(world, email);
    const before = await standingOf(world.em, world.destination.id, email);
    await applyAll(world.em, scope);
    expect(await standingOf(world.em, world.destination.id, email)).toEqual(before);
    const item = await loadItem(world.em, scope.migrationId, email);
    expect(item).toMatchObject({
      outcome: "REQUIRES_ATTENTION",
      effect: "UNCHANGED",
      type_after: before.type,
      joins_group: false,
      nextStep: "Plan again",
    });
    expect(item.problem).toMatch(
      /^Could not be copied: the (person's records on the destination changed|person is no longer active on the source|person got an Atlassian account on the source|address counts as a distribution list or bot)/,
    );
  });

  test("because a project that lists them was made again are set aside, the others of the batch are copied", async () => {
    const world = await makeCopyWorld(database.fork());
    const { em, source, destination, sourceProjects, destinationProjects } = world;
    const listed = await makePortalCustomer(em, source.id, { email: world.mail("listed") });
    await listCustomer(em, sourceProjects.SEC.id, { portalCustomerId: listed.id });
    const other = await makePortalCustomer(em, source.id, { email: world.mail("other") });
    const scope = await makeScope(world);
    await plan(em, scope);
    await prepare(em, scope);
    await query(em, "delete from service_project where id = $1", [destinationProjects.SEC.id]);
    await makeProject(em, destination.id, { key: "SEC", access: "RESTRICTED" });
    await applyAll(em, scope);
    expect(await loadItem(em, scope.migrationId, listed.email)).toMatchObject({
      outcome: "REQUIRES_ATTENTION",
      effect: "UNCHANGED",
      problem: expect.stringContaining("a service project that lists the person is gone"),
    });
    expect(await loadItem(em, scope.migrationId, other.email)).toMatchObject({ outcome: "SUCCESSFUL" });
  });

  test.each<[string, Drift]>([
    [
      "another name",
      ({ em, source }) =>
        query(em, "update portal_customer set name = 'New' where site_id = $1", [source.id]),
    ],
    [
      "another access of a project",
      ({ em, destination }) =>
        query(em, "update service_project set access = 'RESTRICTED' where site_id = $1", [destination.id]),
    ],
    ["a project that came later", ({ em, destination }) => makeProject(em, destination.id, { key: "OLD" })],
    [
      "a place on a project's list",
      async ({ em, source, sourceProjects }) => {
        const rows = await query<{ id: string }>(em, "select id from portal_customer where site_id = $1", [
          source.id,
        ]);
        await listCustomer(em, sourceProjects.OPEN.id, { portalCustomerId: rows[0]?.id ?? "" });
      },
    ],
  ])("but not for %s", async (_name, change) => {
    const world = await makeCopyWorld(database.fork());
    const { em, source } = world;
    const { email } = await makePortalCustomer(em, source.id, { email: world.mail("ann") });
    const scope = await makeScope(world);
    await plan(em, scope);
    await prepare(em, scope);
    await change(world, email);
    await applyAll(em, scope);
    expect(await loadItem(em, scope.migrationId, email)).toMatchObject({ outcome: "SUCCESSFUL" });
  });
});
