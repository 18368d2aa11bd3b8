import { expect, test } from "vitest";
import { addRequestParticipantsStatement } from "../../../packages/server/src/modules/import/sql/add-request-participants.ts";
import { makeAccountOnSite, makePortalCustomer, makeProject, makeRequest } from "../../kit/factories.ts";
import { digest, lines, stageRequests, useBench } from "./staged-rows.ts";

const bench = useBench();
const participants = `select q.key || ' ' || coalesce(a.email || ' (account)', c.email) from request_participant rp
  join request q on q.id = rp.request_id left join account a on a.id = rp.account_id
  left join portal_customer c on c.id = rp.portal_customer_id where q.site_id = $1 order by 1`;

test("adds known participants, the account where there are both types, and keeps those of before", async () => {
  const { em, site, foreign } = bench();
  const help = await makeProject(em, site.id, { key: "HELP" });
  const before = await makePortalCustomer(em, site.id, { email: "before@example.com" });
  await makePortalCustomer(em, site.id, { email: "both@example.com" });
  await makeAccountOnSite(em, site.id, { email: "both@example.com" });
  await makeRequest(em, help, { key: "HELP-1", participants: [{ portalCustomerId: before.id }] });
  const foreignProject = await makeProject(em, foreign.id, { key: "HELP" });
  await makeRequest(em, foreignProject, { key: "HELP-1" });
  await makePortalCustomer(em, foreign.id, { email: "both@example.com" });
  const untouched = await digest(em, foreign.id);
  const id = await stageRequests(em, site, [
    { key: "HELP-1", participants: ["both@example.com", "unknown@example.com", "before@example.com"] },
    { key: "HELP-404", participants: ["both@example.com"] },
    { key: "HELP-1", participants: ["before@example.com"], state: "DUPLICATE" },
  ]);
  expect(await addRequestParticipantsStatement.run(em, [id, site.id])).toEqual([{ written: 1 }]);
  expect(await lines(em, participants, [site.id])).toEqual([
    "HELP-1 before@example.com",
    "HELP-1 both@example.com (account)",
  ]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
  expect(await addRequestParticipantsStatement.run(em, [id, site.id])).toEqual([{ written: 0 }]);
});

test("an empty file writes nothing", async () => {
  const { em, site } = bench();
  const empty = await stageRequests(em, site, []);
  expect(await addRequestParticipantsStatement.run(em, [empty, site.id])).toEqual([{ written: 0 }]);
});
