import { expect, test } from "vitest";
import { upsertPortalCustomersStatement } from "../../../packages/server/src/modules/import/sql/upsert-portal-customers.ts";
import { makePortalCustomer } from "../../kit/factories.ts";
import { digest, lines, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();
const people =
  "select email || ' ' || name || ' ' || active || ' ' || coalesce(kind, '-') from portal_customer where site_id = $1 order by email";

test("adds good portal-only rows and updates known ones; empty names and kinds leave what is there", async () => {
  const { em, site, foreign } = bench();
  await makePortalCustomer(em, site.id, { email: "old@example.com", name: "Old", kind: "BOT" });
  await makePortalCustomer(em, site.id, { email: "renamed@example.com", name: "Before" });
  await makePortalCustomer(em, site.id, { email: "away@example.com", name: "Away" });
  await makePortalCustomer(em, foreign.id, { email: "old@example.com", name: "Foreign" });
  const untouched = await digest(em, foreign.id);
  const id = await stageCustomers(em, site, [
    { email: "old@example.com", active: false },
    { email: "renamed@example.com", name: "After", kind: "PERSON" },
    { email: "new@example.com", name: "New" },
    { email: "account@example.com", accountType: "ATLASSIAN_ACCOUNT" },
    { email: "new@example.com", name: "Second", state: "DUPLICATE" },
    { email: null, state: "BAD" },
  ]);
  expect(await upsertPortalCustomersStatement.run(em, [id, site.id])).toEqual([{ written: 3 }]);
  expect(await lines(em, people, [site.id])).toEqual([
    "away@example.com Away true -",
    "new@example.com New true -",
    "old@example.com Old false BOT",
    "renamed@example.com After true PERSON",
  ]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
});

test("a second run and an empty file write nothing", async () => {
  const { em, site } = bench();
  const id = await stageCustomers(em, site, [{ name: "A" }, { name: "B" }]);
  await upsertPortalCustomersStatement.run(em, [id, site.id]);
  expect(await upsertPortalCustomersStatement.run(em, [id, site.id])).toEqual([{ written: 0 }]);
  const empty = await stageCustomers(em, site, []);
  expect(await upsertPortalCustomersStatement.run(em, [empty, site.id])).toEqual([{ written: 0 }]);
});
