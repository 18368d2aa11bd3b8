import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject } from "../kit/factories.ts";
import { accounts, currentRows, lists, newSite, portalCustomers } from "./site-contents.ts";
import { csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk();
});
afterAll(() => desk.stop());

const header = "email,name,account type,customer role,projects,organizations,active,kind";

test("a second upload updates by email and type and removes nothing", async () => {
  const siteId = await newSite(desk);
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
  expect(await portalCustomers(desk, siteId)).toEqual([
    { email: "new@example.com", name: "New", active: true, kind: null },
    { email: "p@example.com", name: "Pat", active: false, kind: "BOT" },
    { email: "stays@example.com", name: "Stay", active: true, kind: null },
  ]);
  // An account is global, so the file of one site does not rename it.
  expect(await accounts(desk, siteId)).toEqual([
    { email: "q@example.com", name: "Quinn", active: true, kind: "PERSON", role: true },
  ]);
  expect(await lists(desk, siteId)).toEqual([
    "A p@example.com (portal-only)",
    "A q@example.com",
    "B p@example.com (portal-only)",
  ]);
  expect(await currentRows(desk, siteId)).toEqual([
    "GOOD stays@example.com Stay",
    "GOOD P@example.com ",
    "GOOD q@example.com Quinn the second",
    "GOOD new@example.com New",
  ]);
});

test("a corrected file replaces the rejected rows of before, any other file only those it brings again", async () => {
  const siteId = await newSite(desk);
  const first = await desk.uploadAndApply(
    csv(
      header,
      "good@example.com,Good,portal-only,,,,,",
      "bad@@example.com,Bad,portal-only,,,,,",
      "x,X,,,,,,",
    ),
    { siteId },
  );
  expect(await currentRows(desk, siteId)).toEqual([
    "GOOD good@example.com Good",
    "INVALID_EMAIL bad@@example.com Bad",
    "BAD x X",
  ]);
  await desk.uploadAndApply(csv(header, "x,X,,,,,,", "other@example.com,Other,portal-only,,,,,"), { siteId });
  expect(await currentRows(desk, siteId)).toEqual([
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
  expect(await currentRows(desk, siteId)).toEqual([
    "GOOD good@example.com Good",
    "GOOD other@example.com Other",
    "GOOD bad@example.com Bad",
    "GOOD x@example.com X",
  ]);
  expect((await portalCustomers(desk, siteId)).map(({ email }) => email)).toEqual([
    "bad@example.com",
    "good@example.com",
    "other@example.com",
    "x@example.com",
  ]);
});
