import { expect, test } from "vitest";
import { warnProjectsStatement } from "../../../packages/server/src/modules/import/sql/warn-projects.ts";
import { makeProject } from "../../kit/factories.ts";
import { lines, stageProjects, useBench } from "./staged-rows.ts";

const bench = useBench();
const warnings = "select coalesce(warning, '-') from project_row where import_id = $1 order by row_number";

test("a change of access is said beforehand", async () => {
  const { em, site, foreign } = bench();
  await makeProject(em, site.id, { key: "OPENS", access: "RESTRICTED" });
  await makeProject(em, site.id, { key: "CLOSES", access: "OPEN" });
  await makeProject(em, site.id, { key: "SAME", access: "OPEN" });
  await makeProject(em, foreign.id, { key: "NEW", access: "RESTRICTED" });
  const id = await stageProjects(em, site, [
    { key: "OPENS" },
    { key: "CLOSES", access: "RESTRICTED" },
    { key: "SAME" },
    { key: "NEW" },
  ]);
  expect(await warnProjectsStatement.run(em, [id, site.id])).toEqual([{ changed: 2 }]);
  expect(await lines(em, warnings, [id])).toEqual([
    "The project is restricted now; this opens it to every customer of the site.",
    "The project is open now; this closes it to customers it does not list.",
    "-",
    "-",
  ]);
  expect(await warnProjectsStatement.run(em, [id, site.id])).toEqual([{ changed: 0 }]);
});

test("an empty file has none", async () => {
  const { em, site } = bench();
  expect(await warnProjectsStatement.run(em, [await stageProjects(em, site, []), site.id])).toEqual([
    { changed: 0 },
  ]);
});
