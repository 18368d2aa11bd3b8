import { expect, test } from "vitest";
import { warnCustomersStatement } from "../../../packages/server/src/modules/import/sql/warn-customers.ts";
import { makeProject } from "../../kit/factories.ts";
import { lines, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();
const warnings = "select coalesce(warning, '-') from customer_row where import_id = $1 order by row_number";
const one =
  "The project “GONE” is not on this site, so it grants nothing. Upload a projects file with it, or correct the key.";

test("names the unknown projects of a row behind the row's own warning, and takes back what no longer holds", async () => {
  const { em, site, foreign } = bench();
  await makeProject(em, site.id, { key: "HELP" });
  await makeProject(em, site.id, { key: "BACK" });
  await makeProject(em, foreign.id, { key: "GONE" });
  const id = await stageCustomers(em, site, [
    { projectKeys: ["HELP", "GONE"] },
    { projectKeys: ["GONE", "AWAY"], fileWarning: "Own.", warning: "Own." },
    { projectKeys: ["HELP"], fileWarning: "Own.", warning: "Own." },
    { projectKeys: ["GONE"], state: "DUPLICATE" },
    { projectKeys: ["BACK"], fileWarning: "Own.", warning: "Own. The project “BACK” is not on this site." },
    {},
  ]);
  expect(await warnCustomersStatement.run(em, [id, site.id])).toEqual([{ changed: 3 }]);
  expect(await lines(em, warnings, [id])).toEqual([
    one,
    "Own. The projects “AWAY”, “GONE” are not on this site, so they grant nothing. Upload a projects file with them, or correct the keys.",
    "Own.",
    "-",
    "Own.",
    "-",
  ]);
  expect(await warnCustomersStatement.run(em, [id, site.id])).toEqual([{ changed: 0 }]);
  await makeProject(em, site.id, { key: "GONE" });
  await makeProject(em, site.id, { key: "AWAY" });
  expect(await warnCustomersStatement.run(em, [id, site.id])).toEqual([{ changed: 2 }]);
  expect(await lines(em, warnings, [id])).toEqual(["-", "Own.", "Own.", "-", "Own.", "-"]);
});

test("leaves other files alone, and an empty one has none", async () => {
  const { em, site } = bench();
  const other = await stageCustomers(em, site, [{ projectKeys: ["GONE"] }]);
  const empty = await stageCustomers(em, site, []);
  expect(await warnCustomersStatement.run(em, [empty, site.id])).toEqual([{ changed: 0 }]);
  expect(await lines(em, warnings, [other])).toEqual(["-"]);
});
