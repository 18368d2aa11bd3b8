import { expect, test } from "vitest";
import { insertAccountsStatement } from "../../../packages/server/src/modules/import/sql/insert-accounts.ts";
import { makeAccountOnSite } from "../../kit/factories.ts";
import { digest, lines, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();
const named = "select email || ' ' || name from account where email like '%@acc.example' order by email";

test("adds accounts that do not exist anywhere and renames none", async () => {
  const { em, site, foreign } = bench();
  await makeAccountOnSite(em, foreign.id, { email: "known@acc.example", name: "Known" });
  const untouched = await digest(em, foreign.id);
  const id = await stageCustomers(em, site, [
    { email: "known@acc.example", name: "Other name", accountType: "ATLASSIAN_ACCOUNT" },
    { email: "new@acc.example", name: "New", accountType: "ATLASSIAN_ACCOUNT" },
    { email: "portal@acc.example", name: "Portal" },
    { email: "new@acc.example", name: "Twice", accountType: "ATLASSIAN_ACCOUNT", state: "DUPLICATE" },
    { email: "bad@acc.example", accountType: "ATLASSIAN_ACCOUNT", state: "BAD" },
  ]);
  expect(await insertAccountsStatement.run(em, [id])).toEqual([{ written: 1 }]);
  expect(await lines(em, named)).toEqual(["known@acc.example Known", "new@acc.example New"]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
});

test("a second run and an empty file write nothing", async () => {
  const { em, site } = bench();
  const id = await stageCustomers(em, site, [
    { email: "once@acc.example", accountType: "ATLASSIAN_ACCOUNT" },
  ]);
  await insertAccountsStatement.run(em, [id]);
  expect(await insertAccountsStatement.run(em, [id])).toEqual([{ written: 0 }]);
  expect(await insertAccountsStatement.run(em, [await stageCustomers(em, site, [])])).toEqual([
    { written: 0 },
  ]);
});
