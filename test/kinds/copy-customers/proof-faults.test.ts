import { expect, test } from "vitest";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import {
  makeAccount,
  makeAccountOnSite,
  makePortalCustomer,
  makeProject,
  makeRequest,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { approveMembers } from "./approve-group.ts";
import { copy, makeCopyWorld, useDatabase } from "./copy-world.ts";
import { addFaultPeople, addForbiddenThings, fiftyFaults, plantFault } from "./fifty-faults.ts";
import { loadItem } from "./inspect.ts";
import { addProofPeople } from "./people.ts";
import { allChanges, prove, unexplained } from "./proof-entries.ts";

const database = useDatabase({ all: "faults are planted" });

test("fifty planted faults are all named and nothing else, after the run and after an approval and an upgrade", async () => {
  expect(fiftyFaults).toHaveLength(50);
  const world = await makeCopyWorld(database.fork());
  const { em } = world;
  const forbidden = await addForbiddenThings(world);
  const own = await addFaultPeople(world);
  const { scope } = await copy(world);
  expect(await unexplained(world, scope.migrationId)).toEqual([]);

  for (const fault of fiftyFaults) {
    await plantFault(world, fault, forbidden);
  }
  const expected = fiftyFaults
    .flatMap(({ local, expected: entries }) =>
      entries.map((entry) => `${local} ${entry.replace("own", `request ${own.get(local)}`)}`),
    )
    .sort();
  expect((await unexplained(world, scope.migrationId)).sort()).toEqual(expected);
  // Every single one is seen, not only their sum.
  expect(new Set(expected.map((line) => line.split(" ")[0])).size).toBe(50);

  const actor = await makeAccount(em, { name: "Ada Admin" });
  const waiting = await makeAccount(em, { email: world.mail("waiting-calm") });
  await approveMembers(em, scope.migrationId, actor.id, [waiting.id]);
  const duplicate = await loadItem(em, scope.migrationId, world.mail("duplicate-calm"));
  await em.transactional(
    (tx) => copyCustomers.upgrade?.(tx, scope, [duplicate.id], actor.id) ?? Promise.reject(new Error("none")),
  );
  const proof = await prove(world, scope.migrationId);
  expect((await unexplained(world, scope.migrationId)).sort()).toEqual(expected);
  expect(proof.unexplainedPeople).toBe(50);
  expect(proof.unexplainedExamples).toEqual(
    fiftyFaults
      .map(({ local }) => world.mail(local))
      .sort()
      .slice(0, 10),
  );
  const settled = (await allChanges(world, scope.migrationId)).filter((one) =>
    one.explainedBy?.endsWith("by Ada Admin"),
  );
  expect(settled.map(({ email, resource }) => `${email.split("@")[0]} ${resource}`)).toEqual([
    // Reached before, lost by the run and given back, so only the list of the run is new.
    "duplicate-calm project SEC",
    "waiting-calm project OPEN",
    "waiting-calm project SEC",
  ]);
});

test("a list that neither stood before nor was carried does not pass as part of an approval or an upgrade", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, destination } = world;
  const { waiting } = await addProofPeople(world);
  const top = await makeProject(em, destination.id, { key: "TOP", access: "RESTRICTED" });
  const kept = await makeProject(em, destination.id, { key: "KEPT", access: "RESTRICTED" });
  await query(em, "insert into project_customer (project_id, account_id) values ($1, $2)", [
    kept.id,
    waiting.id,
  ]);
  await makeAccountOnSite(em, destination.id, { email: world.mail("waiting") });
  const { scope } = await copy(world);
  const actor = await makeAccount(em);
  await approveMembers(em, scope.migrationId, actor.id);
  const duplicate = await loadItem(em, scope.migrationId, world.mail("duplicate"));
  await em.transactional(
    (tx) => copyCustomers.upgrade?.(tx, scope, [duplicate.id], actor.id) ?? Promise.reject(new Error("none")),
  );
  expect(await unexplained(world, scope.migrationId)).toEqual([]);
  await query(
    em,
    "insert into project_customer (project_id, account_id) select $1, id from account where email = any($2)",
    [top.id, [world.mail("waiting"), world.mail("duplicate")]],
  );
  expect(await unexplained(world, scope.migrationId)).toEqual([
    "duplicate project TOP gained",
    "waiting project TOP gained",
  ]);
});

test("projects made and requests raised since the run are not compared, older ones are", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, destination, destinationProjects } = world;
  const old = await makeRequest(em, destinationProjects.OPEN);
  await addProofPeople(world);
  const { scope } = await copy(world);
  const [linked] = await query<{ id: string }>(
    em,
    "select id from portal_customer where site_id = $1 and email = $2",
    [destination.id, world.mail("linked")],
  );
  const reporter = { portalCustomerId: linked?.id ?? "" };
  await makeProject(em, destination.id, { key: "LATER" });
  const listed = await makeProject(em, destination.id, {
    key: "LATE",
    access: "RESTRICTED",
    customers: [reporter],
  });
  await makeRequest(em, listed, { reporter });
  await makeRequest(em, destinationProjects.OPEN, { reporter });
  expect(await unexplained(world, scope.migrationId)).toEqual([]);
  await query(em, "update request set reporter_portal_customer_id = $2 where id = $1", [old.id, linked?.id]);
  expect(await unexplained(world, scope.migrationId)).toEqual([`linked request ${old.key} gained`]);
});

test("a request that an upload had not committed when the run started is not compared", async () => {
  const world = await makeCopyWorld(database.fork());
  const { destinationProjects, destination } = world;
  const reporter = {
    portalCustomerId: (await makePortalCustomer(world.em, destination.id, { email: world.mail("slow") })).id,
  };
  await makePortalCustomer(world.em, world.source.id, { email: world.mail("slow") });
  const uploading = database.fork();
  await uploading.begin();
  await makeRequest(uploading, destinationProjects.OPEN, { reporter });
  const { scope } = await copy(world);
  await uploading.commit();
  expect(await unexplained(world, scope.migrationId)).toEqual([]);
});

test("somebody put back by an undo is expected to reach what they reached before", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, destination } = world;
  await addProofPeople(world);
  const { scope } = await copy(world);
  await query(em, "update migration_item set undone_at = now() where migration_id = $1 and email = any($2)", [
    scope.migrationId,
    [world.mail("created"), world.mail("duplicate")],
  ]);
  await query(
    em,
    "delete from site_account where site_id = $1 and account_id = (select id from account where email = $2)",
    [destination.id, world.mail("duplicate")],
  );
  expect(await unexplained(world, scope.migrationId)).toEqual([
    "created project OPEN gained",
    "created project SEC gained",
  ]);
  await query(em, "delete from portal_customer where site_id = $1 and email = $2", [
    destination.id,
    world.mail("created"),
  ]);
  expect(await unexplained(world, scope.migrationId)).toEqual([]);
  expect((await allChanges(world, scope.migrationId)).map((one) => one.email)).toEqual([
    world.mail("linked"),
  ]);
});

test("faults of one organization's site show in no other organization's proof, and one run explains the other's", async () => {
  const [first, other] = [await makeCopyWorld(database.fork()), await makeCopyWorld(database.fork())];
  await addProofPeople(first);
  await addProofPeople(other);
  const run = await copy(first);
  const foreign = await copy(other);
  await query(other.em, "update portal_customer set active = false where site_id = $1", [
    other.destination.id,
  ]);
  expect(await unexplained(first, run.scope.migrationId)).toEqual([]);
  expect((await unexplained(other, foreign.scope.migrationId)).length).toBeGreaterThan(0);

  // A second run to the same site creates the presence of somebody the first run knows as portal-only.
  await makeAccountOnSite(first.em, first.source.id, { email: first.mail("linked") });
  const second = await copy(first);
  await prove(first, run.scope.migrationId);
  expect((await unexplained(first, run.scope.migrationId)).length).toBeGreaterThan(0);
  expect(await unexplained(first, second.scope.migrationId)).toEqual([]);
  expect(await unexplained(first, run.scope.migrationId)).toEqual([]);
  expect((await allChanges(first, run.scope.migrationId)).map((one) => one.explainedBy)).toContain(
    `Changed by MR-${second.scope.number}`,
  );
});
