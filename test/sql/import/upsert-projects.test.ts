import { expect, test } from "vitest";
import { upsertProjectsStatement } from "../../../packages/server/src/modules/import/sql/upsert-projects.ts";
import { makeProject } from "../../kit/factories.ts";
import { digest, lines, stageProjects, useBench } from "./staged-rows.ts";

const bench = useBench();
const projects =
  "select key || ' ' || name || ' ' || access from service_project where site_id = $1 order by key";

test("adds and updates projects by key", async () => {
  const { em, site, foreign } = bench();
  await makeProject(em, site.id, { key: "OLD", name: "Before", access: "OPEN" });
  await makeProject(em, site.id, { key: "STAYS", name: "Stays" });
  await makeProject(em, foreign.id, { key: "OLD", name: "Foreign" });
  const untouched = await digest(em, foreign.id);
  const id = await stageProjects(em, site, [
    { key: "OLD", name: "After", access: "RESTRICTED" },
    { key: "NEW", name: "New" },
    { key: "NEW", name: "Twice", state: "DUPLICATE" },
    { key: null, state: "BAD" },
  ]);
  expect(await upsertProjectsStatement.run(em, [id, site.id])).toEqual([{ written: 2 }]);
  expect(await lines(em, projects, [site.id])).toEqual([
    "NEW New OPEN",
    "OLD After RESTRICTED",
    "STAYS Stays OPEN",
  ]);
  expect(await digest(em, foreign.id)).toEqual(untouched);
  expect(await upsertProjectsStatement.run(em, [id, site.id])).toEqual([{ written: 0 }]);
});

test("an empty file writes nothing", async () => {
  const { em, site } = bench();
  expect(await upsertProjectsStatement.run(em, [await stageProjects(em, site, []), site.id])).toEqual([
    { written: 0 },
  ]);
});
