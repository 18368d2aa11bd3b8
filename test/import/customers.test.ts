import { afterAll, beforeAll, expect, test } from "vitest";
import { query } from "../kit/query.ts";
import { makeProject } from "../kit/factories.ts";
import { accounts, lists, newSite, portalCustomers } from "./site-contents.ts";
import { ask, csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk();
});
afterAll(() => desk.stop());

const header = "email,name,account type,customer role,projects,organizations,active,kind";

test("a customers file becomes people of its site, each type in its place, and lists of the projects there", async () => {
  const siteId = await newSite(desk);
  await makeProject(desk.fork(), siteId, { key: "HELP" });
  const upload = await desk.upload(
    csv(
      header,
      "Jane@Example.com,Jane,portal-only,,HELP|GONE,Acme,yes,",
      "john@example.com,John,Atlassian account,,help,,,person",
      "no-role@example.com,Nora,atlassian ACCOUNT,no,,,no,",
      "robot@example.com,Robot,portal-only,,,,yes,bot",
    ),
    { siteId, fileName: "our customers.csv" },
  );
  expect(upload.status).toBe(201);
  const preview = await desk.load(upload.importId);
  expect(preview).toMatchObject({
    state: "PREVIEW",
    fileKind: "CUSTOMERS",
    fileName: "our customers.csv",
    totalRows: 4,
    goodRows: 4,
    warningRows: 1,
    effects: { newPeople: 4, updatedPeople: 0, unknownProjectKeys: ["GONE"], unknownReporters: 0 },
  });
  expect(await portalCustomers(desk, siteId)).toEqual([]);

  const applied = await desk.uploadAndApply(
    csv(
      header,
      "Jane@Example.com,Jane,portal-only,,HELP|GONE,Acme,yes,",
      "john@example.com,John,Atlassian account,,help,,,person",
      "no-role@example.com,Nora,atlassian ACCOUNT,no,,,no,",
      "robot@example.com,Robot,portal-only,,,,yes,bot",
    ),
    { siteId },
  );
  expect(applied).toMatchObject({ state: "APPLIED", appliedBy: desk.admin.accountId });
  expect(applied.appliedAt).toBeInstanceOf(Date);
  expect(await portalCustomers(desk, siteId)).toEqual([
    { email: "jane@example.com", name: "Jane", active: true, kind: null },
    { email: "robot@example.com", name: "Robot", active: true, kind: "BOT" },
  ]);
  expect(await accounts(desk, siteId)).toEqual([
    { email: "john@example.com", name: "John", active: true, kind: "PERSON", role: true },
    { email: "no-role@example.com", name: "Nora", active: false, kind: null, role: false },
  ]);
  expect(await lists(desk, siteId)).toEqual(["HELP jane@example.com (portal-only)", "HELP john@example.com"]);
  const [warned] = await desk.rows(applied.id);
  expect(warned?.warning).toContain("The project “GONE” is not on this site, so it grants nothing.");
});

test("every row is accounted for, with its row number, column, reason and cells as they came", async () => {
  const siteId = await newSite(desk);
  const { importId } = await desk.upload(
    csv(
      header,
      "ann@example.com,Ann,portal-only,,,,,",
      "not an address,Bo,portal-only,,,,,",
      "jörg@example.com,Jörg,portal-only,,,,,",
      "cy@example.com,Cy,agent,,,,,",
      "dee@example.com,Dee,portal-only",
      "ANN@example.com,Ann again,portal-only,,,,,",
      "ann@example.com,Ann,Atlassian account,,,,,",
      '"eve@example.com"x,Eve,portal-only,,,,,',
    ),
    { siteId },
  );
  const record = await desk.load(importId);
  const rows = await desk.rows(importId);
  expect(rows.map((row) => [row.rowNumber, row.state, row.problemCode, row.problemColumn])).toEqual([
    [2, "GOOD", null, null],
    [3, "INVALID_EMAIL", "INVALID_EMAIL", "email"],
    [4, "UNSUPPORTED_EMAIL", "UNSUPPORTED_EMAIL", "email"],
    [5, "BAD", "UNKNOWN_VALUE", "account type"],
    [6, "BAD", "CELL_COUNT", null],
    [7, "DUPLICATE", "DUPLICATE_ROW", "email"],
    [8, "GOOD", null, null],
    [9, "BAD", "TEXT_AFTER_QUOTE", null],
  ]);
  expect(rows.filter((row) => row.state !== "GOOD").every((row) => row.problem !== null)).toBe(true);
  expect(rows[5]?.problem).toContain("Row 2 lists the same email");
  expect(rows[4]?.cells).toEqual(["dee@example.com", "Dee", "portal-only"]);
  expect(record).toMatchObject({ totalRows: 8, goodRows: 2, badRows: 5, duplicateRows: 1 });
  expect(record.goodRows + record.badRows + record.duplicateRows).toBe(record.totalRows);
});

test("the export form with account ids is read, and unknown columns are kept", async () => {
  const siteId = await newSite(desk);
  const applied = await desk.uploadAndApply(
    csv(
      "Account Id,Email,Display Name,Projects,Organizations,Extra",
      "qm:1:2,c@example.com,Cleo,,,kept",
      "5b10a2844c20165700ede21g,d@example.com,Dan,,,kept",
    ),
    { siteId },
  );
  expect(applied.header?.columns.at(-1)).toEqual({
    header: "Extra",
    index: 5,
    field: null,
    matchedBy: "none",
  });
  expect((await portalCustomers(desk, siteId)).map(({ email }) => email)).toEqual(["c@example.com"]);
  expect((await accounts(desk, siteId)).map(({ email }) => email)).toEqual(["d@example.com"]);
  expect((await desk.rows(applied.id))[0]?.cells.at(-1)).toBe("kept");
});

test("backslashes, quotes, tabs and line ends in cells come back as they were", async () => {
  const siteId = await newSite(desk);
  const name = 'a\\b\t"c"\n{d},\\N \u2028 🙂';
  const { importId } = await desk.upload(
    csv("email,name,account type", `t@example.com,"${name.replaceAll('"', '""')}",portal-only`),
    { siteId },
  );
  const [row] = await desk.rows(importId);
  expect(row?.cells).toEqual(["t@example.com", name, "portal-only"]);
  expect(await ask(desk, "select name from customer_row where import_id = $1", [importId])).toBe(name);
});

test("the upload and its application are in the audit log", async () => {
  const applied = await desk.uploadAndApply(csv("email,account type", "audit@example.com,portal-only"));
  const entries = await query<{ action: string; summary: string; actor_account_id: string }>(
    desk.fork(),
    "select action, summary, actor_account_id from audit_entry where subject_id = $1 order by id",
    [applied.id],
  );
  expect(entries.map(({ action }) => action)).toEqual(["import.upload", "import.apply"]);
  expect(entries.map(({ actor_account_id }) => actor_account_id)).toEqual([
    desk.admin.accountId,
    desk.admin.accountId,
  ]);
  expect(entries[1]?.summary).toBe(
    `Applied file.csv to ${desk.site.name}: 1 new and 0 known people, 0 rows not used`,
  );
});
