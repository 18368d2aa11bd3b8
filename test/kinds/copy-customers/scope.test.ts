import { expect, test } from "vitest";
import {
  listCustomer,
  makeAccountOnSite,
  makeCustomerRow,
  makePortalCustomer,
  makeRequest,
} from "../../kit/factories.ts";
import { copy, makeCopyWorld, makeScope, plan, useDatabase } from "./copy-world.ts";
import { loadItems, standingOf } from "./inspect.ts";

const database = useDatabase();

test("selected projects take those listed, reporters and participants, of either type, and nobody else", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, sourceProjects } = world;
  const portal = async (email: string) => ({
    portalCustomerId: (await makePortalCustomer(em, source.id, { email })).id,
  });
  const account = async (email: string) => ({
    accountId: (await makeAccountOnSite(em, source.id, { email })).id,
  });
  await listCustomer(em, sourceProjects.SEC.id, await portal(world.mail("listed-portal")));
  await listCustomer(em, sourceProjects.SEC.id, await account(world.mail("listed-account")));
  await makeRequest(em, sourceProjects.SEC, {
    reporter: await portal(world.mail("reporter-portal")),
    participants: [await account(world.mail("participant-account"))],
  });
  await makeRequest(em, sourceProjects.SEC, {
    reporter: await account(world.mail("reporter-account")),
    participants: [await portal(world.mail("participant-portal"))],
  });
  await listCustomer(em, sourceProjects.OLD.id, await portal(world.mail("other-project")));
  await makeRequest(em, sourceProjects.OPEN, { reporter: await account(world.mail("open-project")) });
  await portal(world.mail("no-project"));

  const scope = await makeScope(world, ["SEC"]);
  await plan(em, scope);

  expect((await loadItems(em, scope.migrationId)).map((item) => item.email)).toEqual([
    world.mail("listed-account"),
    world.mail("listed-portal"),
    world.mail("participant-account"),
    world.mail("participant-portal"),
    world.mail("reporter-account"),
    world.mail("reporter-portal"),
  ]);
});

test("a person with both types is in scope as a whole, whichever type the project knows", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, sourceProjects } = world;
  const { id } = await makePortalCustomer(em, source.id, { email: world.mail("both") });
  await makeAccountOnSite(em, source.id, { email: world.mail("both") });
  await listCustomer(em, sourceProjects.SEC.id, { portalCustomerId: id });
  const scope = await makeScope(world, ["SEC"]);
  await plan(em, scope);
  expect((await loadItems(em, scope.migrationId)).map((item) => [item.source_type, item.effect])).toEqual([
    ["ATLASSIAN_ACCOUNT", "LINK"],
    ["PORTAL_ONLY", "NOT_COPIED"],
  ]);
});

test("rejected rows are in scope by their keys, duplicates by their person too, bad rows when they name no project", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, sourceProjects, upload } = world;
  const { id } = await makePortalCustomer(em, source.id, { email: world.mail("listed") });
  await listCustomer(em, sourceProjects.SEC.id, { portalCustomerId: id });
  const row = (
    rawEmail: string,
    state: "BAD" | "INVALID_EMAIL" | "DUPLICATE",
    projectKeys: string[],
    email: string | null = null,
  ) => makeCustomerRow(em, upload, { rawEmail, state, projectKeys, email });
  await row("invalid in", "INVALID_EMAIL", ["OPEN", "SEC"]);
  await row("invalid out", "INVALID_EMAIL", ["OPEN"]);
  await row("invalid without project", "INVALID_EMAIL", []);
  await row("bad in", "BAD", ["SEC"]);
  await row("bad out", "BAD", ["OPEN"]);
  await row("bad, cannot be told", "BAD", []);
  await row("duplicate of a person in scope", "DUPLICATE", [], world.mail("listed"));
  await row("duplicate of nobody in scope", "DUPLICATE", [], world.mail("other"));
  await row("duplicate by key", "DUPLICATE", ["SEC"], world.mail("third"));

  const scope = await makeScope(world, ["SEC"]);
  const summary = await plan(em, scope);

  const rejected = (await loadItems(em, scope.migrationId)).filter((item) => item.effect === "NOT_COPIED");
  expect(rejected).toHaveLength(5);
  expect(summary.totalItems).toBe(6);
  const everything = await plan(em, await makeScope(world));
  expect(everything.totalItems).toBe(10);
});

test("only lists of the selected projects are carried, to projects of equal key", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination, sourceProjects } = world;
  const { id } = await makePortalCustomer(em, source.id, { email: world.mail("lists") });
  for (const project of Object.values(sourceProjects)) {
    await listCustomer(em, project.id, { portalCustomerId: id });
  }
  await copy(world, ["SEC", "OLD"]);
  expect((await standingOf(em, destination.id, world.mail("lists"))).portalProjects).toEqual(["SEC"]);
});

test("a key the source does not have selects nobody", async () => {
  const world = await makeCopyWorld(database.fork());
  await makePortalCustomer(world.em, world.source.id);
  expect((await plan(world.em, await makeScope(world, ["GONE"]))).totalItems).toBe(0);
});
