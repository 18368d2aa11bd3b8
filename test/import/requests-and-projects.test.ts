import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAccountOnSite, makePortalCustomer, makeProject, makeSite } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { applyNow, ask, csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk();
});
afterAll(() => desk.stop());

const header = "key,project,reporter email,reporter account type,participants,summary,created";

async function newSite(): Promise<string> {
  return (await makeSite(desk.fork(), { organizationId: desk.site.organizationId })).id;
}

/** Requests as `KEY project reporter; participants`. */
async function requests(siteId: string): Promise<string[]> {
  const rows = await query<{ line: string }>(
    desk.fork(),
    `select q.key || ' ' || sp.key || ' ' || coalesce(a.email || ' (account)', c.email, 'nobody') || '; ' || coalesce((
       select string_agg(coalesce(pa.email || ' (account)', pc.email), ', ' order by coalesce(pa.email, pc.email))
       from request_participant p left join account pa on pa.id = p.account_id
       left join portal_customer pc on pc.id = p.portal_customer_id where p.request_id = q.id), '') as line
     from request q join service_project sp on sp.id = q.project_id
     left join account a on a.id = q.reporter_account_id
     left join portal_customer c on c.id = q.reporter_portal_customer_id
     where q.site_id = $1 order by q.key`,
    [siteId],
  );
  return rows.map(({ line }) => line);
}

test("reporters and participants are resolved by type, and warnings say where nobody was found", async () => {
  const siteId = await newSite();
  await makeProject(desk.fork(), siteId, { key: "HELP" });
  await makePortalCustomer(desk.fork(), siteId, { email: "portal@example.com" });
  await makeAccountOnSite(desk.fork(), siteId, { email: "account@example.com" });
  await makePortalCustomer(desk.fork(), siteId, { email: "both@example.com" });
  await makeAccountOnSite(desk.fork(), siteId, { email: "both@example.com" });
  await makePortalCustomer(desk.fork(), desk.foreignSite.id, { email: "elsewhere@example.com" });
  const applied = await desk.uploadAndApply(
    csv(
      header,
      "HELP-1,HELP,Portal@example.com,,both@example.com|account@example.com,One,2024-05-06T07:08:09Z",
      "HELP-2,HELP,both@example.com,portal-only,,Two,",
      "HELP-3,HELP,both@example.com,,,Three,",
      "HELP-4,HELP,both@example.com,Atlassian account,,Four,",
      "HELP-5,HELP,account@example.com,portal-only,,Five,",
      "HELP-6,HELP,elsewhere@example.com,,portal@example.com|elsewhere@example.com,Six,",
    ),
    { siteId },
  );
  expect(applied).toMatchObject({ goodRows: 6, warningRows: 3, effects: { unknownReporters: 2 } });
  expect(await requests(siteId)).toEqual([
    "HELP-1 HELP portal@example.com; account@example.com (account), both@example.com (account)",
    "HELP-2 HELP both@example.com; ",
    "HELP-3 HELP both@example.com (account); ",
    "HELP-4 HELP both@example.com (account); ",
    "HELP-5 HELP nobody; ",
    "HELP-6 HELP nobody; portal@example.com",
  ]);
  const warnings = (await desk.rows(applied.id)).map((row) => row.warning);
  expect(warnings[0]).toBeNull();
  expect(warnings[2]).toContain("both@example.com has both account types on this site");
  expect(warnings[4]).toContain("account@example.com has only an Atlassian account on this site");
  expect(warnings[5]).toContain(
    "elsewhere@example.com is not known on this site, so the request belongs to nobody",
  );
  expect(warnings[5]).toContain(
    "The participant elsewhere@example.com is not known on this site and is left out.",
  );
  expect(
    await ask(
      desk,
      "select created_at = '2024-05-06T07:08:09Z' from request where site_id = $1 and key = 'HELP-1'",
      [siteId],
    ),
  ).toBe(true);
});

test("a request of an unknown project is bad, and good once the project is there, without a second upload", async () => {
  const siteId = await newSite();
  await makePortalCustomer(desk.fork(), siteId, { email: "r@example.com" });
  const file = csv(
    header,
    "LATE-1,LATE,r@example.com,,,One,",
    "LATE-1,LATE,r@example.com,,,Again,",
    "NO-1,NO,r@example.com,,,,",
  );
  const { importId } = await desk.upload(file, { siteId });
  const before = await desk.rows(importId);
  expect(before.map((row) => [row.state, row.problemCode])).toEqual([
    ["BAD", "UNKNOWN_PROJECT"],
    ["DUPLICATE", "DUPLICATE_ROW"],
    ["BAD", "UNKNOWN_PROJECT"],
  ]);
  expect(before[0]?.problem).toBe(
    "The project “LATE” is not on this site. Upload a projects file with it first, or correct the key.",
  );
  expect((await desk.load(importId)).effects?.unknownProjectKeys).toEqual(["LATE", "NO"]);
  await desk.uploadAndApply(csv("key,name,access", "late,Late,open"), { siteId });
  const applied = await desk.uploadAndApply(file, { siteId });
  expect((await desk.rows(applied.id)).map((row) => row.state)).toEqual(["GOOD", "DUPLICATE", "BAD"]);
  expect(applied).toMatchObject({ totalRows: 3, goodRows: 1, badRows: 1, duplicateRows: 1 });
  expect(await requests(siteId)).toEqual(["LATE-1 LATE r@example.com; "]);
});

test("a preview is judged again when it is applied, by the site as it is then", async () => {
  const siteId = await newSite();
  const { importId } = await desk.upload(csv(header, "SOON-1,SOON,s@example.com,,,One,"), { siteId });
  expect((await desk.load(importId)).goodRows).toBe(0);
  await makeProject(desk.fork(), siteId, { key: "SOON" });
  await makePortalCustomer(desk.fork(), siteId, { email: "s@example.com" });
  const applied = await applyNow(desk, importId);
  expect(applied).toMatchObject({ state: "APPLIED", goodRows: 1, badRows: 0, warningRows: 0 });
  expect(await desk.rows(importId)).toMatchObject([{ state: "GOOD", problem: null, warning: null }]);
  expect(await requests(siteId)).toEqual(["SOON-1 SOON s@example.com; "]);
});

test("a second upload of requests updates, adds participants and takes nothing away", async () => {
  const siteId = await newSite();
  await makeProject(desk.fork(), siteId, { key: "HELP" });
  await makePortalCustomer(desk.fork(), siteId, { email: "a@example.com" });
  await makePortalCustomer(desk.fork(), siteId, { email: "b@example.com" });
  await desk.uploadAndApply(csv(header, "HELP-1,HELP,a@example.com,,a@example.com,One,2024-01-02"), {
    siteId,
  });
  await desk.uploadAndApply(csv(header, "help-1,HELP,gone@example.com,,b@example.com,,"), { siteId });
  expect(await requests(siteId)).toEqual(["HELP-1 HELP a@example.com; a@example.com, b@example.com"]);
  expect(
    await query(
      desk.fork(),
      "select summary, created_at::date::text as day from request where site_id = $1",
      [siteId],
    ),
  ).toEqual([{ summary: "One", day: "2024-01-02" }]);
});

test("projects are added and updated by key, and people whom an earlier file listed in them are on their lists", async () => {
  const siteId = await newSite();
  await desk.uploadAndApply(
    csv(
      "email,account type,projects",
      "early@example.com,portal-only,FIRST|SECOND",
      "bird@example.com,Atlassian account,FIRST",
    ),
    { siteId },
  );
  const file = csv("key,name,access", "first,First,restricted", "FIRST,Twice,open", "second,,open");
  const applied = await desk.uploadAndApply(file, { siteId });
  expect(applied).toMatchObject({ fileKind: "PROJECTS", goodRows: 2, duplicateRows: 1 });
  const listed = `select string_agg(sp.key || ':' || coalesce(a.email, c.email), ' ' order by sp.key, coalesce(a.email, c.email))
    from project_customer pc join service_project sp on sp.id = pc.project_id
    left join account a on a.id = pc.account_id left join portal_customer c on c.id = pc.portal_customer_id
    where sp.site_id = $1`;
  expect(await ask(desk, listed, [siteId])).toBe(
    "FIRST:bird@example.com FIRST:early@example.com SECOND:early@example.com",
  );
  const { importId } = await desk.upload(csv("key,name,access", "FIRST,Renamed,open"), { siteId });
  const [row] = await desk.rows(importId);
  expect(row?.warning).toBe("The project is restricted now; this opens it to every customer of the site.");
  await desk.uploadAndApply(csv("key,name,access", "FIRST,Renamed,open"), { siteId });
  expect(
    await query(
      desk.fork(),
      "select key, name, access from service_project where site_id = $1 order by key",
      [siteId],
    ),
  ).toEqual([
    { key: "FIRST", name: "Renamed", access: "OPEN" },
    { key: "SECOND", name: "second", access: "OPEN" },
  ]);
});

test("a key that no index could hold makes its row bad and stops nothing", async () => {
  const siteId = await newSite();
  const applied = await desk.uploadAndApply(
    csv(
      "key,name,access",
      `${Array.from({ length: 400 }, (_, at) => at.toString(36)).join("")},Long,open`,
      "OK,Ok,open",
    ),
    { siteId },
  );
  expect(applied).toMatchObject({ goodRows: 1, badRows: 1 });
  expect((await desk.rows(applied.id))[0]?.problem).toContain("longer than 255 characters");
});
