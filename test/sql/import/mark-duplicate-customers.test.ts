import { expect, test } from "vitest";
import { markDuplicateCustomersStatement } from "../../../packages/server/src/modules/import/sql/mark-duplicate-customers.ts";
import { lines, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();
const states =
  "select row_number || ' ' || state || coalesce(' ' || problem_column, '') from customer_row where import_id = $1 order by row_number";

test("the first good row of an email and type holds, whatever stands between", async () => {
  const { em, site } = bench();
  const other = await stageCustomers(em, site, [{ email: "a@example.com" }]);
  const id = await stageCustomers(em, site, [
    { email: "a@example.com", state: "BAD" },
    { email: "a@example.com" },
    { email: "a@example.com", accountType: "ATLASSIAN_ACCOUNT" },
    { email: "b@example.com" },
    { email: "a@example.com" },
    { email: "a@example.com" },
    { email: null, accountType: null, state: "BAD" },
    { email: null, accountType: null, state: "BAD" },
  ]);
  const marked = await markDuplicateCustomersStatement.run(em, [id, "E-Mail"]);
  expect(marked).toEqual([{ changed: 2 }]);
  expect(await lines(em, states, [id])).toEqual([
    "2 BAD",
    "3 GOOD",
    "4 GOOD",
    "5 GOOD",
    "6 DUPLICATE E-Mail",
    "7 DUPLICATE E-Mail",
    "8 BAD",
    "9 BAD",
  ]);
  expect(await lines(em, states, [other])).toEqual(["2 GOOD"]);
  expect(
    await lines(em, "select problem from customer_row where import_id = $1 and row_number = 7", [id]),
  ).toEqual([expect.stringContaining("Row 3 lists the same email")]);
  expect(await markDuplicateCustomersStatement.run(em, [id, "E-Mail"])).toEqual([{ changed: 0 }]);
});

test("an empty file has none", async () => {
  const { em, site } = bench();
  expect(
    await markDuplicateCustomersStatement.run(em, [await stageCustomers(em, site, []), "email"]),
  ).toEqual([{ changed: 0 }]);
});
