import { expect, test } from "vitest";
import { addProjectListsStatement } from "../../../packages/server/src/modules/import/sql/add-project-lists.ts";
import { makeAccountOnSite, makePortalCustomer, makeProject } from "../../kit/factories.ts";
import { digest, lines, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();
const listed = `select sp.key || ' ' || coalesce(a.email, c.email || ' (portal)') from project_customer pc
  join service_project sp on sp.id = pc.project_id left join account a on a.id = pc.account_id
  left join portal_customer c on c.id = pc.portal_customer_id where sp.site_id = $1 order by 1`;

test("lists each type's identity in the projects its row names; nobody is taken off, unknown keys grant nothing", async () => {
  const { em, site, foreign } = bench();
  const portal = await makePortalCustomer(em, site.id, { email: "both@example.com" });
  const stays = await makePortalCustomer(em, site.id, { email: "stays@example.com" });
  await makeAccountOnSite(em, site.id, { email: "both@example.com" });
  await makeAccountOnSite(em, site.id, { email: "acc@example.com" });
  await makeProject(em, site.id, {
    key: "HELP",
    customers: [{ portalCustomerId: stays.id }, { portalCustomerId: portal.id }],
  });
  await makeProject(em, site.id, { key: "SALES" });
  await makePortalCustomer(em, foreign.id, { email: "both@example.com" });
  await makeProject(em, foreign.id, { key: "ELSEWHERE" });
  const untouched = await digest(em, foreign.id);
  const id = await stageCustomers(em, site, [
    { email: "both@example.com", projectKeys: ["HELP", "SALES", "ELSEWHERE"] },
    { email: "acc@example.com", accountType: "ATLASSIAN_ACCOUNT", projectKeys: ["SALES"] },
    { email: "stays@example.com", projectKeys: ["SALES"], state: "DUPLICATE" },
  ]);
  expect(await addProjectListsStatement.run(em, [id, site.id])).toEqual([{ written: 2 }]);
  expect(await lines(em, listed, [site.id])).toEqual([
    "HELP both@example.com (portal)",
    "HELP stays@example.com (portal)",
    "SALES acc@example.com",
    "SALES both@example.com (portal)",
  ]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
});

test("a second run and an empty file write nothing", async () => {
  const { em, site } = bench();
  await makePortalCustomer(em, site.id, { email: "a@example.com" });
  await makeProject(em, site.id, { key: "HELP" });
  const id = await stageCustomers(em, site, [{ email: "a@example.com", projectKeys: ["HELP"] }]);
  await addProjectListsStatement.run(em, [id, site.id]);
  expect(await addProjectListsStatement.run(em, [id, site.id])).toEqual([{ written: 0 }]);
  const empty = await stageCustomers(em, site, []);
  expect(await addProjectListsStatement.run(em, [empty, site.id])).toEqual([{ written: 0 }]);
});
