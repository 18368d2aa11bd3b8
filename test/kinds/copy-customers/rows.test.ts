import { expect, test } from "vitest";
import {
  makeAccountOnSite,
  makeCustomerRow,
  makeImportFile,
  makePortalCustomer,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { copy, makeCopyWorld, makeScope, plan, useDatabase } from "./copy-world.ts";
import { loadItem, loadItems, standingOf } from "./inspect.ts";

const database = useDatabase();

test("rejected rows are in the plan as what they are and are not copied", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, upload, destination } = world;
  await makeCustomerRow(em, upload, {
    rowNumber: 2,
    state: "BAD",
    email: null,
    accountType: null,
    rawEmail: "a,b",
    problem: "7 cells under a header of 8",
  });
  await makeCustomerRow(em, upload, {
    rowNumber: 3,
    state: "INVALID_EMAIL",
    email: null,
    rawEmail: "nobody",
    problem: "The email has no @.",
  });
  await makeCustomerRow(em, upload, {
    rowNumber: 4,
    state: "UNSUPPORTED_EMAIL",
    email: null,
    rawEmail: "jürgen@rows.example",
    problem: "The part before the @ contains “ü”.",
  });
  await makeCustomerRow(em, upload, {
    rowNumber: 5,
    state: "DUPLICATE",
    email: world.mail("twice"),
    problem: "Row 1 is the same person.",
  });
  await makePortalCustomer(em, destination.id, { email: world.mail("twice") });

  const { scope, summary } = await copy(world);

  const items = await loadItems(em, scope.migrationId);
  expect(
    items.map(({ effect, outcome, problem, nextStep }) => ({ effect, outcome, problem, nextStep })),
  ).toEqual([
    {
      effect: "NOT_COPIED",
      outcome: "FAILED",
      problem: "Bad row: 7 cells under a header of 8",
      nextStep: "Correct the row and upload it again, then copy again",
    },
    {
      effect: "NOT_COPIED",
      outcome: "FAILED",
      problem: "Invalid email: The email has no @.",
      nextStep: "Correct the row and upload it again, then copy again",
    },
    {
      effect: "NOT_COPIED",
      outcome: "REQUIRES_ATTENTION",
      problem: "Address can be neither copied nor matched: The part before the @ contains “ü”.",
      nextStep: "Change the address to one person's own, then copy again",
    },
    {
      effect: "NOT_COPIED",
      outcome: "FAILED",
      problem: "Duplicate row: Row 1 is the same person.",
      nextStep: "Correct the row and upload it again, then copy again",
    },
  ]);
  // A rejected row with an address that can be matched still says what the destination has.
  expect(items[3]).toMatchObject({ destination_type: "PORTAL_ONLY", destination_state: "PORTAL_ONLY" });
  expect(summary).toMatchObject({
    totalItems: 4,
    failed: 3,
    requiresAttention: 1,
    successful: 0,
    notCopied: 4,
  });
});

test("a duplicate row is not copied and the first row still is", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, upload, source } = world;
  await makePortalCustomer(em, source.id, { email: world.mail("first") });
  await makeCustomerRow(em, upload, { rowNumber: 2, email: world.mail("first") });
  await makeCustomerRow(em, upload, { rowNumber: 3, email: world.mail("first"), state: "DUPLICATE" });
  const { scope } = await copy(world);
  const items = await loadItems(em, scope.migrationId);
  expect(items.map((item) => [item.effect, item.outcome])).toEqual([
    ["CREATE", "SUCCESSFUL"],
    ["NOT_COPIED", "FAILED"],
  ]);
  expect((await standingOf(em, world.destination.id, world.mail("first"))).type).toBe("PORTAL_ONLY");
});

test("a source person with both types counts as the account", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source } = world;
  await makePortalCustomer(em, source.id, { email: world.mail("both") });
  await makeAccountOnSite(em, source.id, { email: world.mail("both") });
  const { scope, summary } = await copy(world);
  const items = await loadItems(em, scope.migrationId);
  expect(items.map((item) => [item.source_type, item.effect, item.outcome, item.problem])).toEqual([
    ["ATLASSIAN_ACCOUNT", "LINK", "REQUIRES_ATTENTION", "Account on destination has no Customer role"],
    [
      "PORTAL_ONLY",
      "NOT_COPIED",
      "FAILED",
      "Duplicate row: The person has an Atlassian account on the source, and that row counts",
    ],
  ]);
  expect((await standingOf(em, world.destination.id, world.mail("both"))).type).toBe("ATLASSIAN_ACCOUNT");
  expect(summary.totalItems).toBe(2);
});

test("rows that are not current or belong to another site are not in the plan", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, upload, destination } = world;
  await makeCustomerRow(em, upload, { state: "BAD", email: null, current: false });
  const elsewhere = { id: (await makeImportFile(em, destination)).id, siteId: destination.id };
  await makeCustomerRow(em, elsewhere, { state: "BAD", email: null });
  const summary = await plan(em, await makeScope(world));
  expect(summary.totalItems).toBe(0);
  expect(summary).toMatchObject({ groupName: null, rows: [] });
  expect(summary.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

test("items follow uploads, then rows, then people without a row by email; ordinals have no gap", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, upload } = world;
  const later = { id: (await makeImportFile(em, source)).id, siteId: source.id };
  for (const email of [world.mail("z"), world.mail("a"), world.mail("m")]) {
    await makePortalCustomer(em, source.id, { email });
  }
  await makeAccountOnSite(em, source.id, { email: world.mail("b") });
  await makeCustomerRow(em, later, { rowNumber: 2, email: world.mail("a") });
  await makeCustomerRow(em, upload, {
    rowNumber: 9,
    email: world.mail("z"),
    rawEmail: " Z@Order.example",
    warning: "Unknown project key X",
  });
  await makeCustomerRow(em, upload, { rowNumber: 3, state: "BAD", email: null, rawEmail: "bad" });
  const scope = await makeScope(world);
  await plan(em, scope);
  const rows = await query<{ ordinal: number; raw_email: string; warning: string | null }>(
    em,
    "select ordinal, raw_email, warning from migration_item where migration_id = $1 order by ordinal",
    [scope.migrationId],
  );
  expect(rows).toEqual([
    { ordinal: 1, raw_email: "bad", warning: null },
    { ordinal: 2, raw_email: " Z@Order.example", warning: "Unknown project key X" },
    { ordinal: 3, raw_email: world.mail("a"), warning: null },
    { ordinal: 4, raw_email: world.mail("b"), warning: null },
    { ordinal: 5, raw_email: world.mail("m"), warning: null },
  ]);
});

test("an identity with two current rows is still one person, by its newest upload", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em, source, upload } = world;
  const later = { id: (await makeImportFile(em, source)).id, siteId: source.id };
  await makePortalCustomer(em, source.id, { email: world.mail("again") });
  await makeCustomerRow(em, upload, { rowNumber: 2, email: world.mail("again"), warning: "old" });
  await makeCustomerRow(em, later, { rowNumber: 2, email: world.mail("again"), warning: "new" });
  const scope = await makeScope(world);
  await plan(em, scope);
  expect(await loadItem(em, scope.migrationId, world.mail("again"))).toMatchObject({
    ordinal: 1,
    warning: "new",
  });
});
