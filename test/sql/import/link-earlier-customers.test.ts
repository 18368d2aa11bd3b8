import { expect, test } from "vitest";
import { linkEarlierCustomersStatement } from "../../../packages/server/src/modules/import/sql/link-earlier-customers.ts";
import { makeAccountOnSite, makePortalCustomer, makeProject } from "../../kit/factories.ts";
import { digest, lines, stageCustomers, stageProjects, useBench } from "./staged-rows.ts";

const bench = useBench();
const listed = `select sp.key || ' ' || coalesce(a.email, c.email || ' (portal)') from project_customer pc
  join service_project sp on sp.id = pc.project_id left join account a on a.id = pc.account_id
  left join portal_customer c on c.id = pc.portal_customer_id where sp.site_id = $1 order by 1`;

test("people whom applied files listed in the file's projects are on their lists", async () => {
  const { em, site, foreign } = bench();
  await makePortalCustomer(em, site.id, { email: "portal@example.com" });
  await makePortalCustomer(em, site.id, { email: "preview@example.com" });
  await makeAccountOnSite(em, site.id, { email: "account@example.com" });
  await makeAccountOnSite(em, foreign.id, { email: "gone@example.com" });
  await makePortalCustomer(em, foreign.id, { email: "portal@example.com" });
  await stageCustomers(
    em,
    site,
    [
      { email: "portal@example.com", projectKeys: ["HELP", "OTHER"] },
      {
        email: "account@example.com",
        accountType: "ATLASSIAN_ACCOUNT",
        projectKeys: ["HELP"],
        current: true,
      },
      { email: "gone@example.com", accountType: "ATLASSIAN_ACCOUNT", projectKeys: ["HELP"] },
      { email: "portal@example.com", projectKeys: ["HELP"], state: "DUPLICATE" },
    ],
    "APPLIED",
  );
  await stageCustomers(em, site, [{ email: "preview@example.com", projectKeys: ["HELP"] }]);
  await stageCustomers(em, foreign, [{ email: "portal@example.com", projectKeys: ["HELP"] }], "APPLIED");
  await makeProject(em, site.id, { key: "HELP" });
  await makeProject(em, site.id, { key: "OTHER" });
  await makeProject(em, foreign.id, { key: "HELP" });
  const untouched = await digest(em, foreign.id);
  const id = await stageProjects(em, site, [{ key: "HELP" }, { key: "OTHER", state: "DUPLICATE" }]);
  expect(await linkEarlierCustomersStatement.run(em, [id, site.id])).toEqual([{ written: 2 }]);
  expect(await lines(em, listed, [site.id])).toEqual([
    "HELP account@example.com",
    "HELP portal@example.com (portal)",
  ]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
  expect(await linkEarlierCustomersStatement.run(em, [id, site.id])).toEqual([{ written: 0 }]);
});

test("an empty file writes nothing", async () => {
  const { em, site } = bench();
  expect(await linkEarlierCustomersStatement.run(em, [await stageProjects(em, site, []), site.id])).toEqual([
    { written: 0 },
  ]);
});
