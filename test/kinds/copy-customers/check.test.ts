import { expect, test } from "vitest";
import { describeLookalikeDomain } from "../../../packages/server/src/modules/directory/email-lookalike.ts";
import type { CheckResult } from "../../../packages/server/src/modules/migration/kind.ts";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import {
  claimDomain,
  listCustomer,
  makeAccountOnSite,
  makeCustomerRow,
  makeImportFile,
  makeMigration,
  makeOrganization,
  makePortalCustomer,
  makeProject,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { makeCopyWorld, makeScope, plan, useDatabase, type CopyWorld } from "./copy-world.ts";

const database = useDatabase();

/** Plans and checks, as the engine does. */
async function check(world: CopyWorld, projectKeys: string[] = []): Promise<Record<string, CheckResult>> {
  const scope = await makeScope(world, projectKeys);
  await plan(world.em, scope);
  const results = await world.em.transactional((tx) => copyCustomers.check(tx, scope));
  for (const result of results) {
    expect(result.examples.length).toBeLessThanOrEqual(10);
    for (const text of [result.title, result.detail, result.who, result.fix]) {
      expect(text).not.toBe("");
    }
  }
  return Object.fromEntries(results.map((result) => [result.code, result]));
}

test("two sites that fit pass every check, and the codes are these", async () => {
  const world = await makeCopyWorld(database.fork());
  await makePortalCustomer(world.em, world.source.id, { email: world.mail("one") });
  const results = await check(world);
  expect(Object.keys(results)).toEqual([
    "SOURCE_HAS_CUSTOMERS",
    "ANOTHER_RUN_LIVE",
    "SOURCE_UPLOAD_PENDING",
    "BILLABLE_SEATS",
    "PROJECT_KEYS_MATCH",
    "PROJECT_ACCESS_MATCHES",
    "UNKNOWN_PROJECT_KEYS",
    "ACCOUNT_TYPES_MATCH",
    "DUPLICATES_ON_DESTINATION",
    "ROWS_NOT_COPIED",
    "INACTIVE_PEOPLE",
    "MANAGED_ELSEWHERE",
    "LOOKALIKES",
  ]);
  expect(Object.values(results).filter((result) => !result.passed)).toEqual([]);
  expect(results.BILLABLE_SEATS).toMatchObject({ severity: "INFO", affected: 0 });
});

test("an empty scope and a live run block", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination } = world;
  await makeMigration(em, world, { state: "RUNNING" });
  await makeMigration(em, { source: destination, destination: source }, { state: "PAUSED" });
  await makeMigration(em, world, { state: "COMPLETED" });
  const results = await check(world);
  expect(results.SOURCE_HAS_CUSTOMERS).toMatchObject({ severity: "BLOCKER", passed: false });
  expect(results.ANOTHER_RUN_LIVE).toMatchObject({
    severity: "BLOCKER",
    passed: false,
    affected: 2,
    examples: ["MR-1 (RUNNING)", "MR-2 (PAUSED)"],
  });
});

test("a migration does not block itself", async () => {
  const world = await makeCopyWorld(database.fork());
  const scope = await makeScope(world);
  await query(world.em, "update migration set state = 'APPROVED' where id = $1", [scope.migrationId]);
  const results = await world.em.transactional((tx) => copyCustomers.check(tx, scope));
  expect(results.find((result) => result.code === "ANOTHER_RUN_LIVE")?.passed).toBe(true);
});

test("uploads that wait at either site are named", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination } = world;
  await makeImportFile(em, source, { state: "PREVIEW", fileName: "people.csv" });
  await makeImportFile(em, destination, {
    state: "APPLYING",
    fileName: "requests.csv",
    fileKind: "REQUESTS",
  });
  await makeImportFile(em, destination, { state: "DISCARDED", fileName: "old.csv" });
  const { SOURCE_UPLOAD_PENDING: result } = await check(world);
  expect(result).toMatchObject({ severity: "WARNING", passed: false, affected: 2 });
  expect(result?.examples).toEqual(["people.csv", "requests.csv"]);
});

test("missing and unequal projects in scope are named", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination, sourceProjects } = world;
  const { id } = await makePortalCustomer(em, source.id, { email: world.mail("listed") });
  await listCustomer(em, sourceProjects.OLD.id, { portalCustomerId: id });
  await makeProject(em, source.id, { key: "UNLISTED" });
  await makeProject(em, source.id, { key: "MIXED", access: "OPEN" });
  await makeProject(em, destination.id, { key: "MIXED", access: "RESTRICTED" });
  const all = await check(world);
  expect(all.PROJECT_KEYS_MATCH).toMatchObject({ passed: false, affected: 1, examples: ["OLD"] });
  expect(all.PROJECT_ACCESS_MATCHES).toMatchObject({ passed: false, affected: 1, examples: ["MIXED"] });
  const some = await check(world, ["SEC"]);
  expect(some.PROJECT_KEYS_MATCH?.passed).toBe(true);
  expect(some.PROJECT_ACCESS_MATCHES?.passed).toBe(true);
});

test("unknown project keys of rows and of the scope are counted", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, upload } = world;
  await makeCustomerRow(em, upload, { projectKeys: ["SEC", "NOPE"] });
  await makeCustomerRow(em, upload, { projectKeys: ["NOPE", "NIX"] });
  await makeCustomerRow(em, upload, { projectKeys: ["OLDROW"], current: false });
  const { UNKNOWN_PROJECT_KEYS: all } = await check(world);
  expect(all).toMatchObject({ passed: false, affected: 2, examples: ["NOPE", "NIX"] });
  const { UNKNOWN_PROJECT_KEYS: chosen } = await check(world, ["SEC", "GONE"]);
  expect(chosen).toMatchObject({ passed: false, affected: 3, examples: ["GONE", "NOPE", "NIX"] });
});

test("differing types, missing roles and duplicates are counted apart", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination } = world;
  const portal = (site: string, local: string) => makePortalCustomer(em, site, { email: world.mail(local) });
  const account = (site: string, local: string, customerRole = false) =>
    makeAccountOnSite(em, site, { email: world.mail(local), customerRole });
  await portal(source.id, "jsmith");
  await account(destination.id, "jsmith");
  await account(source.id, "dmurphy");
  await portal(destination.id, "dmurphy");
  await portal(source.id, "both");
  await portal(destination.id, "both");
  await account(destination.id, "both");
  await account(source.id, "new");
  await portal(source.id, "ready");
  await account(destination.id, "ready", true);
  await portal(source.id, "same");
  await portal(destination.id, "same");
  const results = await check(world);
  expect(results.ACCOUNT_TYPES_MATCH).toMatchObject({ severity: "WARNING", passed: false, affected: 5 });
  expect(results.ACCOUNT_TYPES_MATCH?.detail).toBe(
    `4 people have another account type on ${destination.name} than on the source. ` +
      "2 people lack permission to reach service projects until the imported group is reviewed. " +
      "2 people do not reach the requests of a portal-only account until it is upgraded.",
  );
  expect(results.DUPLICATES_ON_DESTINATION).toMatchObject({
    passed: false,
    affected: 2,
    examples: [world.mail("both"), world.mail("dmurphy")],
    detail: `1 person has both account types on ${destination.name} already, 1 person gets the second one by this migration.`,
  });
});

test("rows and people that are not copied are counted by cause", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, destination, upload } = world;
  await makeCustomerRow(em, upload, { state: "BAD", email: null, rawEmail: "", rowNumber: 2 });
  await makeCustomerRow(em, upload, {
    state: "INVALID_EMAIL",
    email: null,
    rawEmail: "nobody",
    rowNumber: 3,
  });
  await makePortalCustomer(em, source.id, { email: world.mail("team") });
  await makePortalCustomer(em, source.id, { email: world.mail("gone"), active: false });
  await makePortalCustomer(em, source.id, { email: world.mail("revoked") });
  await makePortalCustomer(em, destination.id, { email: world.mail("revoked"), active: false });
  const managed = await makeAccountOnSite(em, destination.id, {
    email: `boss@managed-${world.mail("x").split("@")[1]}`,
  });
  await makePortalCustomer(em, source.id, { email: managed.email });
  await claimDomain(em, (await makeOrganization(em)).id, managed.email.split("@")[1] ?? "");
  const results = await check(world);
  expect(results.ROWS_NOT_COPIED).toMatchObject({
    passed: false,
    affected: 3,
    detail: "3 rows are not copied: 1 bad row, 1 invalid email, 1 distribution list.",
    examples: ["row 2", "nobody", world.mail("team")],
  });
  expect(results.INACTIVE_PEOPLE).toMatchObject({
    passed: false,
    affected: 2,
    examples: [world.mail("gone"), world.mail("revoked")],
  });
  expect(results.MANAGED_ELSEWHERE).toMatchObject({ passed: false, affected: 1, examples: [managed.email] });
});

test("every warning about a look-alike domain is counted", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, upload } = world;
  const warnings = [
    describeLookalikeDomain("exаmple.com", "xn--exmple-4nf.com", "exаmple.com"),
    describeLookalikeDomain("ｅxample.com", "example.com", "example.com"),
    describeLookalikeDomain("аzbж.com", "xn--zb-7lc7g.com", "аzbж.com"),
    "Unknown project key NOPE",
  ];
  for (const [index, warning] of warnings.entries()) {
    expect(warning).toBeDefined();
    const email = world.mail(`look${index}`);
    await makePortalCustomer(em, source.id, { email });
    await makeCustomerRow(em, upload, { email, warning });
  }
  const { LOOKALIKES: result } = await check(world);
  expect(result).toMatchObject({ passed: false, affected: 3 });
});

test("at most ten examples stand for any number of people", async () => {
  const world = await makeCopyWorld(database.fork());
  for (let index = 0; index < 12; index++) {
    await makePortalCustomer(world.em, world.source.id, { email: world.mail(`p${index}`), active: false });
  }
  const { INACTIVE_PEOPLE: result } = await check(world);
  expect(result?.affected).toBe(12);
  expect(result?.examples).toHaveLength(10);
});
