import { describe, expect, test } from "vitest";
import {
  listCustomer,
  makeAccountOnSite,
  makeCustomerRow,
  makeGroup,
  makePortalCustomer,
  makeProject,
  makeRequest,
  makeSite,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import {
  applyAll,
  applyOne,
  copy,
  digestOf,
  directoryTables,
  loadItem,
  loadItems,
  makeCopyWorld,
  makeScope,
  plan,
  prepare,
  standingOf,
  useDatabase,
  type CopyWorld,
} from "./copy-world.ts";

const database = useDatabase();

/** People of every kind of effect, ten emails in all. */
async function addPeople(world: CopyWorld): Promise<string[]> {
  const { em, source, destination, sourceProjects, upload } = world;
  const emails: string[] = [];
  for (const [index, there] of ["nothing", "portal", "account", "role", "both"].entries()) {
    for (const type of ["portal", "account"]) {
      const email = world.mail(`${type}-${there}`);
      emails.push(email);
      const identity =
        type === "portal"
          ? { portalCustomerId: (await makePortalCustomer(em, source.id, { email })).id }
          : { accountId: (await makeAccountOnSite(em, source.id, { email })).id };
      await listCustomer(em, index % 2 === 0 ? sourceProjects.SEC.id : sourceProjects.OPEN.id, identity);
      if (there === "portal" || there === "both") {
        await makePortalCustomer(em, destination.id, { email });
      }
      if (there !== "nothing" && there !== "portal") {
        await makeAccountOnSite(em, destination.id, { email, customerRole: there === "role" });
      }
    }
  }
  await makeCustomerRow(em, upload, {
    state: "BAD",
    email: null,
    rawEmail: "bad",
    problem: "A cell is missing",
  });
  return emails;
}

/** Where everybody stands on the destination, ids left out. */
async function standings(world: CopyWorld, emails: readonly string[]): Promise<unknown> {
  const all = [];
  for (const email of emails) {
    const standing = await standingOf(world.em, world.destination.id, email);
    all.push({ email, ...standing, groups: standing.groups.length });
  }
  return all;
}

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

test("a batch twice equals once", async () => {
  const world = await makeCopyWorld(database.fork());
  await addPeople(world);
  const scope = await makeScope(world);
  const { totalItems } = await plan(world.em, scope);
  await prepare(world.em, scope);
  const first = await applyOne(world.em, scope, 0, totalItems);
  const tables = [...directoryTables, "migration_item"];
  const digest = await digestOf(world.em, tables);
  const second = await applyOne(world.em, scope, 0, totalItems);
  expect(second).toEqual(first);
  expect(first.successful + first.requiresAttention + first.failed).toBe(totalItems);
  expect(await digestOf(world.em, tables)).toEqual(digest);
});

test("batches of 1, 7 and 1000 end alike", async () => {
  const results = [];
  for (const size of [1, 7, 1_000]) {
    const world = await makeCopyWorld(database.fork());
    const emails = await addPeople(world);
    const scope = await makeScope(world);
    await plan(world.em, scope);
    await prepare(world.em, scope);
    const counts = await applyAll(world.em, scope, size);
    const items = (await loadItems(world.em, scope.migrationId)).map(
      ({ ordinal, outcome, effect, type_after, problem }) => ({
        ordinal,
        outcome,
        effect,
        type_after,
        problem,
      }),
    );
    const reached = JSON.stringify(await standings(world, emails)).replaceAll(world.mail(""), "@");
    results.push({ counts, items, reached });
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
  expect(results[0]?.reached).toContain("ATLASSIAN_ACCOUNT");
});

test("what is carried: name and kind of a created account, kind of a new presence, never the role or another's data", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination } = world;
  await makePortalCustomer(em, source.id, { email: world.mail("team"), name: "Théa Team", kind: "PERSON" });
  await makeAccountOnSite(em, source.id, {
    email: world.mail("noreply"),
    kind: "PERSON",
    customerRole: true,
  });
  await copy(world);
  expect(
    await query(em, "select name, kind, active from portal_customer where site_id = $1", [destination.id]),
  ).toEqual([{ name: "Théa Team", kind: "PERSON", active: true }]);
  expect(
    await query(em, "select kind, active, customer_role from site_account where site_id = $1", [
      destination.id,
    ]),
  ).toEqual([{ kind: "PERSON", active: true, customer_role: false }]);
});

test("items know the accounts they ended with", async () => {
  const world = await makeCopyWorld(database.fork());
  await addPeople(world);
  const { scope } = await copy(world);
  const [row] = await query<{ wrong: number }>(
    world.em,
    `select count(*)::int as wrong from migration_item i
     left join portal_customer p on p.site_id = $2 and p.email = i.email
     left join account a on a.email = i.email
     left join site_account sa on sa.site_id = $2 and sa.account_id = a.id
     where i.migration_id = $1 and i.effect in ('CREATE', 'LINK')
       and (i.destination_portal_customer_id is distinct from p.id or i.destination_account_id is distinct from sa.account_id)`,
    [scope.migrationId, world.destination.id],
  );
  expect(row?.wrong).toBe(0);
});

test("a person listed there already is not listed twice", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  const from = await makePortalCustomer(em, source.id, { email: world.mail("listed") });
  const to = await makePortalCustomer(em, destination.id, { email: world.mail("listed") });
  await listCustomer(em, sourceProjects.SEC.id, { portalCustomerId: from.id });
  await listCustomer(em, destinationProjects.SEC.id, { portalCustomerId: to.id });
  const { scope } = await copy(world);
  expect((await loadItem(em, scope.migrationId, world.mail("listed"))).outcome).toBe("SUCCESSFUL");
  expect((await standingOf(em, destination.id, world.mail("listed"))).portalProjects).toEqual(["SEC"]);
});

test("nothing of the source, of another site or of another organization changes", async () => {
  const em = database.fork();
  const bystander = await makeCopyWorld(em);
  await addPeople(bystander);
  const world = await makeCopyWorld(em);
  await addPeople(world);
  const third = await makeSite(em, { organizationId: world.organizationId });
  const account = await makeAccountOnSite(em, third.id, { email: world.mail("account-nothing") });
  const project = await makeProject(em, third.id, {
    key: "SEC",
    access: "RESTRICTED",
    customers: [{ accountId: account.id }],
  });
  await makeRequest(em, project, { reporter: { accountId: account.id } });
  await makeGroup(em, third.id, { memberIds: [account.id] });

  const elsewhere = `
    select md5(string_agg(t, e'\\n' order by t)) as digest from (
      select p::text from portal_customer p where site_id <> $1 union all
      select s::text from site_account s where site_id <> $1 union all
      select g::text || m::text from user_group g join user_group_member m on m.group_id = g.id where g.site_id <> $1 union all
      select pc::text from project_customer pc join service_project sp on sp.id = pc.project_id where sp.site_id <> $1 union all
      select r::text from request r where site_id <> $1 union all
      select a::text from account a union all select sp::text from service_project sp) e (t)`;
  const scope = await makeScope(world);
  const before = await query(em, elsewhere, [world.destination.id]);
  await plan(em, scope);
  await prepare(em, scope);
  await applyAll(em, scope, 3);
  expect(await query(em, elsewhere, [world.destination.id])).toEqual(before);
});

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
    const emails = await addPeople(world);
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
    await addPeople(world);
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
      "were deactivated at the source",
      "portal-portal",
      ({ em, source }) =>
        query(em, "update portal_customer set active = false where site_id = $1", [source.id]),
    ],
  ];
  test.each(cases)("because they %s are set aside as they are", async (_name, local, drift) => {
    const world = await makeCopyWorld(database.fork());
    await addPeople(world);
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
      /^Could not be copied: the person(’s|'s records on the destination changed| is no longer active on the source)/,
    );
  });
});
