import { expect, test } from "vitest";
import {
  listCustomer,
  makeAccountOnSite,
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

/** Where everybody stands on the destination, ids left out. */
async function standings(world: CopyWorld, emails: readonly string[]): Promise<unknown> {
  const all = [];
  for (const email of emails) {
    const standing = await standingOf(world.em, world.destination.id, email);
    all.push({ email, ...standing, groups: standing.groups.length });
  }
  return all;
}

test("a batch twice equals once", async () => {
  const world = await makeCopyWorld(database.fork());
  await addEveryEffect(world);
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
    const emails = await addEveryEffect(world);
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
  await addEveryEffect(world);
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
  await addEveryEffect(bystander);
  const world = await makeCopyWorld(em);
  await addEveryEffect(world);
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

test("somebody who is on the destination's list already is on it once", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  const email = world.mail("listed");
  const { id: accountId } = await makeAccountOnSite(em, source.id, { email });
  await makeAccountOnSite(em, destination.id, { email, customerRole: true });
  await listCustomer(em, sourceProjects.SEC.id, { accountId });
  await listCustomer(em, destinationProjects.SEC.id, { accountId });
  await copy(world);
  const rows = await query(em, "select 1 from project_customer where account_id = $1 and project_id = $2", [
    accountId,
    destinationProjects.SEC.id,
  ]);
  expect(rows).toHaveLength(1);
});
