import { expect, test } from "vitest";
import { retireRejectedRowsStatement } from "../../../packages/server/src/modules/import/sql/retire-rejected-rows.ts";
import { digest, lines, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();
const current =
  "select cells[1] from customer_row where site_id = $1 and current and import_id in (select id from import_file where state = 'APPLIED') order by 1";

async function stageEarlier() {
  const { em, site, foreign } = bench();
  const rows = [
    { email: "good@example.com", cells: ["good"], current: true },
    { email: null, accountType: null, state: "BAD", cells: ["bad"], current: true },
    { email: null, state: "INVALID_EMAIL", cells: ["invalid"], current: true },
    { email: "x@example.com", state: "BAD", cells: ["replaced before"], current: false },
  ];
  await stageCustomers(em, site, rows, "APPLIED");
  await stageCustomers(em, foreign, rows, "APPLIED");
  return { em, site, foreign, untouched: await digest(em, foreign.id) };
}

test("a correction replaces every earlier rejected row of its site", async () => {
  const { em, site, foreign, untouched } = await stageEarlier();
  const id = await stageCustomers(em, site, [
    { cells: ["corrected"] },
    { state: "BAD", cells: ["still bad"], current: true },
  ]);
  expect(await retireRejectedRowsStatement.run(em, [id, site.id, true])).toEqual([{ retired: 2 }]);
  expect(await lines(em, current, [site.id])).toEqual(["good"]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
  expect(await retireRejectedRowsStatement.run(em, [id, site.id, true])).toEqual([{ retired: 0 }]);
});

test("any other file replaces only the rejected rows it brings again, cell by cell", async () => {
  const { em, site, foreign, untouched } = await stageEarlier();
  const id = await stageCustomers(em, site, [
    { state: "BAD", cells: ["bad"] },
    { cells: ["good"] },
    { cells: ["invalid", ""] },
  ]);
  expect(await retireRejectedRowsStatement.run(em, [id, site.id, false])).toEqual([{ retired: 1 }]);
  expect(await lines(em, current, [site.id])).toEqual(["good", "invalid"]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
  expect(await retireRejectedRowsStatement.run(em, [id, site.id, false])).toEqual([{ retired: 0 }]);
});

test("an empty file replaces nothing", async () => {
  const { em, site } = await stageEarlier();
  const empty = await stageCustomers(em, site, []);
  expect(await retireRejectedRowsStatement.run(em, [empty, site.id, false])).toEqual([{ retired: 0 }]);
});

test("rows of a file that was not applied stand until it is", async () => {
  const { em, site } = await stageEarlier();
  const preview = await stageCustomers(em, site, [{ state: "BAD", cells: ["bad"] }]);
  const id = await stageCustomers(em, site, [{ cells: ["bad"] }]);
  await retireRejectedRowsStatement.run(em, [id, site.id, true]);
  const kept = "select cells[1] from customer_row where import_id = $1 and current";
  expect(await lines(em, kept, [preview])).toEqual(["bad"]);
});
