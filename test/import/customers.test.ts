import { afterAll, beforeAll, expect, test } from "vitest";
import { query } from "../kit/query.ts";
import { makeProject, makeSite } from "../kit/factories.ts";
import { ask, csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk();
});
afterAll(() => desk.stop());

const header = "email,name,account type,customer role,projects,organizations,active,kind";

interface Person {
  email: string;
  name: string;
  active: boolean;
  kind: string | null;
}

/** A site of its own for one test, in the admin's organization. */
async function newSite(): Promise<string> {
  return (await makeSite(desk.fork(), { organizationId: desk.site.organizationId })).id;
}

function portalCustomers(siteId: string): Promise<Person[]> {
  return query(
    desk.fork(),
    "select email, name, active, kind from portal_customer where site_id = $1 order by email",
    [siteId],
  );
}

function accounts(siteId: string): Promise<(Person & { role: boolean })[]> {
  return query(
    desk.fork(),
    `select a.email, a.name, sa.active, sa.kind, sa.customer_role as role
     from site_account sa join account a on a.id = sa.account_id where sa.site_id = $1 order by a.email`,
    [siteId],
  );
}

/** Who is listed where: `KEY email`. */
async function lists(siteId: string): Promise<string[]> {
  const rows = await query<{ line: string }>(
    desk.fork(),
    `select sp.key || ' ' || coalesce(a.email, c.email) || case when a.id is null then ' (portal-only)' else '' end as line
     from project_customer pc join service_project sp on sp.id = pc.project_id
     left join account a on a.id = pc.account_id left join portal_customer c on c.id = pc.portal_customer_id
     where sp.site_id = $1 order by 1`,
    [siteId],
  );
  return rows.map(({ line }) => line);
}

async function currentRows(siteId: string): Promise<string[]> {
  const rows = await query<{ line: string }>(
    desk.fork(),
    "select state || ' ' || raw_email || ' ' || name as line from customer_row where site_id = $1 and current order by import_id, row_number",
    [siteId],
  );
  return rows.map(({ line }) => line);
}

test("a customers file becomes people of its site, each type in its place, and lists of the projects there", async () => {
  const siteId = await newSite();
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
  expect(await portalCustomers(siteId)).toEqual([]);

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
  expect(await portalCustomers(siteId)).toEqual([
    { email: "jane@example.com", name: "Jane", active: true, kind: null },
    { email: "robot@example.com", name: "Robot", active: true, kind: "BOT" },
  ]);
  expect(await accounts(siteId)).toEqual([
    { email: "john@example.com", name: "John", active: true, kind: "PERSON", role: true },
    { email: "no-role@example.com", name: "Nora", active: false, kind: null, role: false },
  ]);
  expect(await lists(siteId)).toEqual(["HELP jane@example.com (portal-only)", "HELP john@example.com"]);
  const [warned] = await desk.rows(applied.id);
  expect(warned?.warning).toContain("The project “GONE” is not on this site, so it grants nothing.");
});

test("every row is accounted for, with its row number, column, reason and cells as they came", async () => {
  const siteId = await newSite();
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

test("a second upload updates by email and type and removes nothing", async () => {
  const siteId = await newSite();
  await makeProject(desk.fork(), siteId, { key: "A" });
  await makeProject(desk.fork(), siteId, { key: "B" });
  await desk.uploadAndApply(
    csv(
      header,
      "p@example.com,Pat,portal-only,,A,,yes,bot",
      "q@example.com,Quinn,Atlassian account,no,A,,,",
      "stays@example.com,Stay,portal-only,,,,,",
    ),
    { siteId },
  );
  const second = await desk.uploadAndApply(
    csv(
      header,
      "P@example.com,,portal-only,,B,,no,",
      "q@example.com,Quinn the second,Atlassian account,yes,,,,person",
      "new@example.com,New,portal-only,,,,,",
    ),
    { siteId },
  );
  expect(second.effects).toMatchObject({ newPeople: 1, updatedPeople: 2 });
  expect(await portalCustomers(siteId)).toEqual([
    { email: "new@example.com", name: "New", active: true, kind: null },
    { email: "p@example.com", name: "Pat", active: false, kind: "BOT" },
    { email: "stays@example.com", name: "Stay", active: true, kind: null },
  ]);
  // An account is global, so the file of one site does not rename it.
  expect(await accounts(siteId)).toEqual([
    { email: "q@example.com", name: "Quinn", active: true, kind: "PERSON", role: true },
  ]);
  expect(await lists(siteId)).toEqual([
    "A p@example.com (portal-only)",
    "A q@example.com",
    "B p@example.com (portal-only)",
  ]);
  expect(await currentRows(siteId)).toEqual([
    "GOOD stays@example.com Stay",
    "GOOD P@example.com ",
    "GOOD q@example.com Quinn the second",
    "GOOD new@example.com New",
  ]);
});

test("a corrected file replaces the rejected rows of before, any other file only those it brings again", async () => {
  const siteId = await newSite();
  const first = await desk.uploadAndApply(
    csv(
      header,
      "good@example.com,Good,portal-only,,,,,",
      "bad@@example.com,Bad,portal-only,,,,,",
      "x,X,,,,,,",
    ),
    { siteId },
  );
  expect(await currentRows(siteId)).toEqual([
    "GOOD good@example.com Good",
    "INVALID_EMAIL bad@@example.com Bad",
    "BAD x X",
  ]);
  await desk.uploadAndApply(csv(header, "x,X,,,,,,", "other@example.com,Other,portal-only,,,,,"), { siteId });
  expect(await currentRows(siteId)).toEqual([
    "GOOD good@example.com Good",
    "INVALID_EMAIL bad@@example.com Bad",
    "BAD x X",
    "GOOD other@example.com Other",
  ]);

  const response = await fetch(`${desk.url}/api/imports/${first.id}/rejected.csv`, {
    headers: { "x-actor": "admin@example.com" },
  });
  const rejected = await response.text();
  expect(rejected.split("\r\n")[0]).toBe(`${header},Error`);
  const corrected = rejected.replace("bad@@", "bad@").replace("x,X,,", "x@example.com,X,portal-only,");
  const correction = await desk.uploadAndApply(corrected, { siteId });
  expect(correction).toMatchObject({ isCorrection: true, goodRows: 2 });
  expect(await currentRows(siteId)).toEqual([
    "GOOD good@example.com Good",
    "GOOD other@example.com Other",
    "GOOD bad@example.com Bad",
    "GOOD x@example.com X",
  ]);
  expect((await portalCustomers(siteId)).map(({ email }) => email)).toEqual([
    "bad@example.com",
    "good@example.com",
    "other@example.com",
    "x@example.com",
  ]);
});

test("the export form with account ids is read, and unknown columns are kept", async () => {
  const siteId = await newSite();
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
  expect((await portalCustomers(siteId)).map(({ email }) => email)).toEqual(["c@example.com"]);
  expect((await accounts(siteId)).map(({ email }) => email)).toEqual(["d@example.com"]);
  expect((await desk.rows(applied.id))[0]?.cells.at(-1)).toBe("kept");
});

test("backslashes, quotes, tabs and line ends in cells come back as they were", async () => {
  const siteId = await newSite();
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
