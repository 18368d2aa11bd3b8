import { expect, test } from "vitest";
import { upsertSiteAccountsStatement } from "../../../packages/server/src/modules/import/sql/upsert-site-accounts.ts";
import { makeAccount, makeAccountOnSite } from "../../kit/factories.ts";
import { digest, lines, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();
const present = `select a.email || ' ' || sa.active || ' ' || sa.customer_role || ' ' || coalesce(sa.kind, '-')
  from site_account sa join account a on a.id = sa.account_id where sa.site_id = $1 order by a.email`;

test("makes accounts present on the site with role, activity and kind; other sites of the account stay", async () => {
  const { em, site, foreign } = bench();
  await makeAccountOnSite(em, foreign.id, { email: "known@example.com", active: false });
  await makeAccountOnSite(em, site.id, { email: "here@example.com", customerRole: true, kind: "PERSON" });
  await makeAccount(em, { email: "fresh@example.com" });
  const untouched = await digest(em, foreign.id);
  const id = await stageCustomers(em, site, [
    { email: "known@example.com", accountType: "ATLASSIAN_ACCOUNT", customerRole: true },
    { email: "here@example.com", accountType: "ATLASSIAN_ACCOUNT", customerRole: false, active: false },
    { email: "fresh@example.com", accountType: "ATLASSIAN_ACCOUNT", customerRole: null, kind: "BOT" },
    { email: "nobody@example.com", accountType: "ATLASSIAN_ACCOUNT" },
    { email: "known@example.com", accountType: "ATLASSIAN_ACCOUNT", state: "DUPLICATE" },
  ]);
  expect(await upsertSiteAccountsStatement.run(em, [id, site.id])).toEqual([{ written: 3 }]);
  expect(await lines(em, present, [site.id])).toEqual([
    "fresh@example.com true false BOT",
    "here@example.com false false PERSON",
    "known@example.com true true -",
  ]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
});

test("a second run and an empty file write nothing", async () => {
  const { em, site } = bench();
  await makeAccount(em, { email: "a@example.com" });
  const id = await stageCustomers(em, site, [{ email: "a@example.com", accountType: "ATLASSIAN_ACCOUNT" }]);
  await upsertSiteAccountsStatement.run(em, [id, site.id]);
  expect(await upsertSiteAccountsStatement.run(em, [id, site.id])).toEqual([{ written: 0 }]);
  const empty = await stageCustomers(em, site, []);
  expect(await upsertSiteAccountsStatement.run(em, [empty, site.id])).toEqual([{ written: 0 }]);
});
