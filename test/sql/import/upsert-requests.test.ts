import { expect, test } from "vitest";
import { upsertRequestsStatement } from "../../../packages/server/src/modules/import/sql/upsert-requests.ts";
import { makeAccountOnSite, makePortalCustomer, makeProject, makeRequest } from "../../kit/factories.ts";
import { digest, lines, stageRequests, useBench } from "./staged-rows.ts";

const bench = useBench();
const requests = `select q.key || ' ' || sp.key || ' ' || q.summary || ' ' || coalesce(a.email || ' (account)', c.email, '-')
    || ' ' || case when q.created_at = now() then 'now' else q.created_at::date::text end
  from request q join service_project sp on sp.id = q.project_id left join account a on a.id = q.reporter_account_id
  left join portal_customer c on c.id = q.reporter_portal_customer_id where q.site_id = $1 order by q.key`;

test("adds requests with their reporter by type, and updates only what the file says", async () => {
  const { em, site, foreign } = bench();
  const help = await makeProject(em, site.id, { key: "HELP" });
  await makeProject(em, site.id, { key: "SALES" });
  const foreignProject = await makeProject(em, foreign.id, { key: "HELP" });
  const portal = await makePortalCustomer(em, site.id, { email: "both@example.com" });
  await makeAccountOnSite(em, site.id, { email: "both@example.com" });
  await makePortalCustomer(em, foreign.id, { email: "elsewhere@example.com" });
  await makeRequest(em, foreignProject, { key: "HELP-1", summary: "Foreign" });
  await makeRequest(em, help, { key: "HELP-8", summary: "Old", reporter: { portalCustomerId: portal.id } });
  await makeRequest(em, help, { key: "HELP-9", summary: "Moved" });
  const untouched = await digest(em, foreign.id);
  const id = await stageRequests(em, site, [
    { key: "HELP-1", reporterEmail: "both@example.com", summary: "One", createdAt: "2024-01-02" },
    { key: "HELP-2", reporterEmail: "both@example.com", reporterType: "PORTAL_ONLY" },
    { key: "HELP-3", reporterEmail: "elsewhere@example.com" },
    { key: "HELP-4", reporterEmail: null, projectKey: "GONE" },
    { key: "HELP-8", reporterEmail: "elsewhere@example.com" },
    { key: "HELP-9", reporterEmail: "both@example.com", projectKey: "SALES", createdAt: "2023-03-04" },
    { key: "HELP-1", summary: "Twice", state: "DUPLICATE" },
  ]);
  expect(await upsertRequestsStatement.run(em, [id, site.id])).toEqual([{ written: 4 }]);
  expect(await lines(em, requests, [site.id])).toEqual([
    "HELP-1 HELP One both@example.com (account) 2024-01-02",
    "HELP-2 HELP  both@example.com now",
    "HELP-3 HELP  - now",
    "HELP-8 HELP Old both@example.com now",
    "HELP-9 SALES Moved both@example.com (account) 2023-03-04",
  ]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
});

test("a second run and an empty file write nothing", async () => {
  const { em, site } = bench();
  await makeProject(em, site.id, { key: "HELP" });
  await makePortalCustomer(em, site.id, { email: "a@example.com" });
  const id = await stageRequests(em, site, [
    { reporterEmail: "a@example.com", summary: "S", createdAt: "2024-01-02T03:04:05Z" },
    { reporterEmail: null },
  ]);
  await upsertRequestsStatement.run(em, [id, site.id]);
  expect(await upsertRequestsStatement.run(em, [id, site.id])).toEqual([{ written: 0 }]);
  expect(await upsertRequestsStatement.run(em, [await stageRequests(em, site, []), site.id])).toEqual([
    { written: 0 },
  ]);
});
