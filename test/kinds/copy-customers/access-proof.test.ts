import { describe, expect, test } from "vitest";
import {
  accessProofSample,
  keepAccessBefore,
  streamAccessChanges,
  summarizeAccess,
  type AccessDifference,
} from "../../../packages/server/src/modules/access-proof/index.ts";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import {
  listCustomer,
  makeAccount,
  makeAccountOnSite,
  makePortalCustomer,
  makeProject,
  makeRequest,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { copy, loadItem, makeCopyWorld, makeScope, plan, useDatabase, type CopyWorld } from "./copy-world.ts";

const database = useDatabase();

async function allChanges(
  world: CopyWorld,
  migrationId: string,
  pageSize?: number,
): Promise<AccessDifference[]> {
  const entries: AccessDifference[] = [];
  for await (const page of streamAccessChanges(world.em, migrationId, pageSize)) {
    entries.push(...page);
  }
  return entries;
}

/** One person of each kind that a run changes: created, linked, waiting for the group, duplicate, unchanged. */
async function arrange(world: CopyWorld) {
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  const portal = async (local: string, site: string) =>
    (await makePortalCustomer(em, site, { email: world.mail(local) })).id;
  const listed = async (identity: { portalCustomerId: string } | { accountId: string }) =>
    listCustomer(em, sourceProjects.SEC.id, identity);
  await listed({ portalCustomerId: await portal("created", source.id) });
  await listed({ portalCustomerId: await portal("linked", source.id) });
  await portal("linked", destination.id);
  const waiting = await makeAccountOnSite(em, source.id, { email: world.mail("waiting") });
  await listed({ accountId: waiting.id });
  await makeAccountOnSite(em, source.id, { email: world.mail("duplicate") });
  const duplicate = await portal("duplicate", destination.id);
  const request = await makeRequest(em, destinationProjects.OPEN, {
    reporter: { portalCustomerId: duplicate },
  });
  await portal("unchanged", source.id);
  await portal("unchanged", destination.id);
  const unchanged = await makeAccountOnSite(em, destination.id, { email: world.mail("unchanged") });
  await portal("bystander", destination.id);
  return { waiting, unchanged, request };
}

const entry = (
  world: CopyWorld,
  local: string,
  resource: string,
  change: string,
  explainedBy: string | null,
) => ({
  email: world.mail(local),
  resource,
  permission: "reach",
  change,
  explainedBy,
});

test("every gain and loss of a run is listed with its cause, in order, whatever the page size", async () => {
  const world = await makeCopyWorld(database.fork());
  const { request } = await arrange(world);
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
  expect(await allChanges(world, scope.migrationId)).toEqual(expected);
  expect(await allChanges(world, scope.migrationId, 1)).toEqual(expected);
  expect(await summarizeAccess(world.em, scope.migrationId)).toEqual({ gained: 3, lost: 2, unexplained: 0 });
});

test("an approval and an upgrade explain what comes back", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em } = world;
  await arrange(world);
  const { scope, summary } = await copy(world);
  await query(
    em,
    "update user_group set grants_customer_role = true, review_state = 'APPROVED' where migration_id = $1",
    [scope.migrationId],
  );
  await query(
    em,
    "update user_group_member set approved = true where group_id = (select id from user_group where migration_id = $1)",
    [scope.migrationId],
  );
  const ids = [
    (await loadItem(em, scope.migrationId, world.mail("duplicate"))).id,
    (await loadItem(em, scope.migrationId, world.mail("unchanged"))).id,
  ];
  const actor = await makeAccount(em);
  await em.transactional(
    (tx) => copyCustomers.upgrade?.(tx, scope, ids, actor.id) ?? Promise.reject(new Error("none")),
  );
  expect(await allChanges(world, scope.migrationId)).toEqual([
    entry(world, "created", "project OPEN", "gained", "Created as portal-only"),
    entry(world, "created", "project SEC", "gained", "Created as portal-only"),
    entry(world, "linked", "project SEC", "gained", "Project list carried to the portal-only account"),
    entry(world, "unchanged", "project OPEN", "gained", "Upgraded to the Atlassian account"),
    entry(
      world,
      "waiting",
      "project OPEN",
      "gained",
      `Customer role approved through group ${summary.groupName}`,
    ),
    entry(
      world,
      "waiting",
      "project SEC",
      "gained",
      `Customer role approved through group ${summary.groupName}`,
    ),
  ]);
});

describe("a planted fault is unexplained", () => {
  type Fault = (world: CopyWorld, people: Awaited<ReturnType<typeof arrange>>) => Promise<unknown>;
  const portalOf = "(select id from portal_customer where site_id = $1 and email = $2)";
  const faults: [string, "gained" | "lost", string, string, Fault][] = [
    [
      "somebody waiting gets the role by the back door",
      "gained",
      "waiting",
      "project OPEN",
      ({ em, destination }, { waiting }) =>
        query(em, "update site_account set customer_role = true where site_id = $1 and account_id = $2", [
          destination.id,
          waiting.id,
        ]),
    ],
    [
      "a linked person is on a list that was not carried",
      "gained",
      "linked",
      "project TOP",
      async (world) => {
        const top = await makeProject(world.em, world.destination.id, { key: "TOP", access: "RESTRICTED" });
        await query(
          world.em,
          `insert into project_customer (project_id, portal_customer_id) values ($3, ${portalOf})`,
          [world.destination.id, world.mail("linked"), top.id],
        );
      },
    ],
    [
      "a created person is on a list that was not carried",
      "gained",
      "created",
      "project TOP",
      async (world) => {
        const top = await makeProject(world.em, world.destination.id, { key: "TOP", access: "RESTRICTED" });
        await query(
          world.em,
          `insert into project_customer (project_id, portal_customer_id) values ($3, ${portalOf})`,
          [world.destination.id, world.mail("created"), top.id],
        );
      },
    ],
    [
      "an unchanged person gets the role",
      "gained",
      "unchanged",
      "project OPEN",
      ({ em, destination }, { unchanged }) =>
        query(em, "update site_account set customer_role = true where site_id = $1 and account_id = $2", [
          destination.id,
          unchanged.id,
        ]),
    ],
    [
      "a linked person is deactivated",
      "lost",
      "linked",
      "project OPEN",
      (world) =>
        query(world.em, "update portal_customer set active = false where site_id = $1 and email = $2", [
          world.destination.id,
          world.mail("linked"),
        ]),
    ],
    [
      "a created person gets somebody's request",
      "gained",
      "created",
      "request OPEN-1",
      async (world) => {
        const request = await makeRequest(world.em, world.destinationProjects.OPEN, { key: "OPEN-1" });
        await query(world.em, `update request set reporter_portal_customer_id = ${portalOf} where id = $3`, [
          world.destination.id,
          world.mail("created"),
          request.id,
        ]);
      },
    ],
  ];

  test.each(faults)("%s", async (_name, change, local, resource, plant) => {
    const world = await makeCopyWorld(database.fork());
    const people = await arrange(world);
    const { scope } = await copy(world);
    await plant(world, people);
    const changes = await allChanges(world, scope.migrationId);
    expect(changes.filter((found) => found.explainedBy === null)).toContainEqual(
      entry(world, local, resource, change, null),
    );
    const summary = await summarizeAccess(world.em, scope.migrationId);
    expect(summary.unexplained).toBe(changes.filter((found) => found.explainedBy === null).length);
    expect(summary.unexplained).toBeGreaterThan(0);
    // The sample goes by the stored proof and puts what is wrong first.
    expect(await accessProofSample(world.em, scope.migrationId, 3)).toEqual([]);
    await query(world.em, "update migration set proof = $2::jsonb where id = $1", [
      scope.migrationId,
      JSON.stringify(summary),
    ]);
    const sample = await accessProofSample(world.em, scope.migrationId, 3);
    expect(sample).toHaveLength(3);
    expect(sample[0]?.explainedBy).toBeNull();
    expect(await accessProofSample(world.em, scope.migrationId, 100)).toHaveLength(changes.length);
  });
});

test("what people reached is kept once, for the people of the run alone", async () => {
  const world = await makeCopyWorld(database.fork());
  await arrange(world);
  const scope = await makeScope(world);
  await plan(world.em, scope);
  await keepAccessBefore(world.em, scope.migrationId);
  const read = () =>
    query<{ email: string; resource: string }>(
      world.em,
      "select email, resource from access_before where migration_id = $1 order by email, resource",
      [scope.migrationId],
    );
  const kept = await read();
  expect(new Set(kept.map((row) => row.email))).toEqual(
    new Set([world.mail("linked"), world.mail("duplicate")]),
  );
  await query(world.em, "update portal_customer set active = false where site_id = $1", [
    world.destination.id,
  ]);
  await keepAccessBefore(world.em, scope.migrationId);
  expect(await read()).toEqual(kept);
});
