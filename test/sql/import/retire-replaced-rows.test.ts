import { expect, test } from "vitest";
import { retireReplacedRowsStatement } from "../../../packages/server/src/modules/import/sql/retire-replaced-rows.ts";
import { digest, lines, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();
const current =
  "select state || ' ' || email || ' ' || account_type from customer_row where site_id = $1 and current and import_id in (select id from import_file where state = 'APPLIED') order by 1";

test("earlier rows of a person of the same type are not current any more; other people, types and sites are", async () => {
  const { em, site, foreign } = bench();
  await stageCustomers(em, foreign, [{ email: "a@example.com", current: true }], "APPLIED");
  const untouched = await digest(em, foreign.id);
  await stageCustomers(
    em,
    site,
    [
      { email: "a@example.com", current: true },
      { email: "a@example.com", state: "DUPLICATE", current: true },
      { email: "a@example.com", accountType: "ATLASSIAN_ACCOUNT", current: true },
      { email: "b@example.com", current: true },
      { email: "c@example.com", current: true },
    ],
    "APPLIED",
  );
  const id = await stageCustomers(em, site, [
    { email: "a@example.com" },
    { email: "c@example.com", state: "BAD" },
  ]);
  expect(await retireReplacedRowsStatement.run(em, [id, site.id])).toEqual([{ retired: 2 }]);
  expect(await lines(em, current, [site.id])).toEqual([
    "GOOD a@example.com ATLASSIAN_ACCOUNT",
    "GOOD b@example.com PORTAL_ONLY",
    "GOOD c@example.com PORTAL_ONLY",
  ]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
  expect(await retireReplacedRowsStatement.run(em, [id, site.id])).toEqual([{ retired: 0 }]);
});

test("a file never retires its own rows, and an empty one none", async () => {
  const { em, site } = bench();
  const id = await stageCustomers(em, site, [{ email: "a@example.com", current: true }]);
  expect(await retireReplacedRowsStatement.run(em, [id, site.id])).toEqual([{ retired: 0 }]);
  const empty = await stageCustomers(em, site, []);
  expect(await retireReplacedRowsStatement.run(em, [empty, site.id])).toEqual([{ retired: 0 }]);
});

test("rows of a file that was not applied stand until it is", async () => {
  const { em, site } = bench();
  const preview = await stageCustomers(em, site, [{ email: "a@example.com" }]);
  const id = await stageCustomers(em, site, [{ email: "a@example.com" }]);
  expect(await retireReplacedRowsStatement.run(em, [id, site.id])).toEqual([{ retired: 0 }]);
  const kept = "select email from customer_row where import_id = $1 and current";
  expect(await lines(em, kept, [preview])).toEqual(["a@example.com"]);
});
