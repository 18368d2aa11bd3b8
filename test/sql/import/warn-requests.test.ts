import { expect, test } from "vitest";
import { warnRequestsStatement } from "../../../packages/server/src/modules/import/sql/warn-requests.ts";
import { makeAccountOnSite, makePortalCustomer } from "../../kit/factories.ts";
import { lines, stageRequests, useBench } from "./staged-rows.ts";

const bench = useBench();
const warnings = "select coalesce(warning, '-') from request_row where import_id = $1 order by row_number";

test("says what becomes of reporters and participants, and takes it back when they are there", async () => {
  const { em, site, foreign } = bench();
  await makePortalCustomer(em, site.id, { email: "portal@example.com" });
  await makePortalCustomer(em, foreign.id, { email: "late@example.com" });
  await makePortalCustomer(em, site.id, { email: "both@example.com" });
  await makeAccountOnSite(em, site.id, { email: "both@example.com" });
  const id = await stageRequests(em, site, [
    { reporterEmail: "portal@example.com", participants: ["both@example.com"] },
    { reporterEmail: "late@example.com" },
    { reporterEmail: "portal@example.com", reporterType: "ATLASSIAN_ACCOUNT" },
    { reporterEmail: "both@example.com" },
    { reporterEmail: "both@example.com", reporterType: "PORTAL_ONLY" },
    { reporterEmail: null, participants: ["late@example.com", "none@example.com"] },
    { reporterEmail: "late@example.com", state: "BAD" },
  ]);
  expect(await warnRequestsStatement.run(em, [id, site.id])).toEqual([{ changed: 4 }]);
  const told = await lines(em, warnings, [id]);
  expect(told[0]).toBe("-");
  expect(told[1]).toContain("The reporter late@example.com is not known on this site");
  expect(told[2]).toContain("portal@example.com has only a portal-only account on this site");
  expect(told[3]).toContain("both@example.com has both account types");
  expect(told[4]).toBe("-");
  expect(told[5]).toBe(
    "The participants late@example.com, none@example.com are not known on this site and are left out.",
  );
  expect(told[6]).toBe("-");
  expect(await warnRequestsStatement.run(em, [id, site.id])).toEqual([{ changed: 0 }]);
  await makeAccountOnSite(em, site.id, { email: "late@example.com" });
  expect(await warnRequestsStatement.run(em, [id, site.id])).toEqual([{ changed: 2 }]);
  expect((await lines(em, warnings, [id]))[1]).toBe("-");
});

test("an empty file has none", async () => {
  const { em, site } = bench();
  expect(await warnRequestsStatement.run(em, [await stageRequests(em, site, []), site.id])).toEqual([
    { changed: 0 },
  ]);
});
