import { expect, test } from "vitest";
import { keepAccessBefore } from "../../../packages/server/src/modules/access-proof/index.ts";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import { makeAccount, makeProject } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { approveMembers } from "./approve-group.ts";
import { copy, makeCopyWorld, makeScope, plan, useDatabase } from "./copy-world.ts";
import { loadItem } from "./inspect.ts";
import { addProofPeople } from "./people.ts";
import { allChanges, entry, prove } from "./proof-entries.ts";

const database = useDatabase({
  I2: "members are approved without a decision",
  I16: "members are approved without a decision",
});

test("every gain and loss of a run is listed with its cause, in order, whatever the page size", async () => {
  const world = await makeCopyWorld(database.fork());
  const { request } = await addProofPeople(world);
  const { scope } = await copy(world);
  const expected = [
    entry(world, "created", "project OPEN", "gained", "Created as portal-only"),
    entry(world, "created", "project SEC", "gained", "Created as portal-only"),
    entry(
      world,
      "duplicate",
      "project OPEN",
      "lost",
      "Duplicate: sign-in resolves to the Atlassian account until the upgrade",
    ),
    entry(
      world,
      "duplicate",
      `request ${request.key}`,
      "lost",
      "Duplicate: sign-in resolves to the Atlassian account until the upgrade",
    ),
    entry(world, "linked", "project SEC", "gained", "Project list carried to the portal-only account"),
  ];
  expect(await allChanges(world, scope.migrationId)).toEqual([]);
  expect(await prove(world, scope.migrationId)).toMatchObject({
    gained: 3,
    lost: 2,
    unexplained: 0,
    unexplainedPeople: 0,
    unexplainedExamples: [],
    openProjects: ["project OPEN"],
    causes: [
      { cause: "CARRIED_TO_PORTAL_ONLY", gained: true, entries: 1, people: 1 },
      { cause: "CREATED", gained: true, entries: 2, people: 1 },
      { cause: "DUPLICATE", gained: false, entries: 2, people: 1 },
    ],
  });
  expect(await allChanges(world, scope.migrationId)).toEqual(expected);
  expect(await allChanges(world, scope.migrationId, 1)).toEqual(expected);
});

test("an approval and an upgrade explain what comes back", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em } = world;
  await addProofPeople(world);
  const { scope, summary } = await copy(world);
  const ids = [
    (await loadItem(em, scope.migrationId, world.mail("duplicate"))).id,
    (await loadItem(em, scope.migrationId, world.mail("unchanged"))).id,
  ];
  const actor = await makeAccount(em, { name: "Ada Admin" });
  await approveMembers(em, scope.migrationId, actor.id);
  await em.transactional(
    (tx) => copyCustomers.upgrade?.(tx, scope, ids, actor.id) ?? Promise.reject(new Error("none")),
  );
  expect(await prove(world, scope.migrationId)).toMatchObject({ gained: 6, lost: 0, unexplained: 0 });
  expect(await allChanges(world, scope.migrationId)).toEqual([
    entry(world, "created", "project OPEN", "gained", "Created as portal-only"),
    entry(world, "created", "project SEC", "gained", "Created as portal-only"),
    entry(world, "linked", "project SEC", "gained", "Project list carried to the portal-only account"),
    entry(world, "unchanged", "project OPEN", "gained", "Upgraded to the Atlassian account by Ada Admin"),
    entry(
      world,
      "waiting",
      "project OPEN",
      "gained",
      `Customer role approved through group ${summary.groupName} by Ada Admin`,
    ),
    entry(
      world,
      "waiting",
      "project SEC",
      "gained",
      `Customer role approved through group ${summary.groupName} by Ada Admin`,
    ),
  ]);
});

test("what people reached is kept once, for the people of the run alone", async () => {
  const world = await makeCopyWorld(database.fork());
  await addProofPeople(world);
  const scope = await makeScope(world);
  await plan(world.em, scope);
  await keepAccessBefore(world.em, scope.migrationId);
  const read = () =>
    query<{ email: string; projects: string[] }>(
      world.em,
      `select email, array(select key from access_before_project p where p.migration_id = $1 order by key) as projects
       from access_before_person where migration_id = $1 order by email`,
      [scope.migrationId],
    );
  const kept = await read();
  expect(kept.map((row) => row.email)).toEqual(
    ["duplicate", "linked", "unchanged"].map((local) => world.mail(local)),
  );
  expect(kept[0]?.projects).toEqual(["OPEN", "SEC"]);
  await makeProject(world.em, world.destination.id, { key: "LATER" });
  await keepAccessBefore(world.em, scope.migrationId);
  expect(await read()).toEqual(kept);
});
