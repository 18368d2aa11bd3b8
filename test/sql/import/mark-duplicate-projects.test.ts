import { expect, test } from "vitest";
import { markDuplicateProjectsStatement } from "../../../packages/server/src/modules/import/sql/mark-duplicate-projects.ts";
import { lines, stageProjects, useBench } from "./staged-rows.ts";

const bench = useBench();
const states = "select row_number || ' ' || state from project_row where import_id = $1 order by row_number";

test("the first good row of a key holds", async () => {
  const { em, site } = bench();
  const id = await stageProjects(em, site, [
    { key: "A", state: "BAD" },
    { key: "A" },
    { key: "B" },
    { key: "A" },
  ]);
  expect(await markDuplicateProjectsStatement.run(em, [id, "key"])).toEqual([{ changed: 1 }]);
  expect(await lines(em, states, [id])).toEqual(["2 BAD", "3 GOOD", "4 GOOD", "5 DUPLICATE"]);
  expect(await markDuplicateProjectsStatement.run(em, [id, "key"])).toEqual([{ changed: 0 }]);
});

test("an empty file has none", async () => {
  const { em, site } = bench();
  expect(await markDuplicateProjectsStatement.run(em, [await stageProjects(em, site, []), "key"])).toEqual([
    { changed: 0 },
  ]);
});
