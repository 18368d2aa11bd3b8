import { expect, test } from "vitest";
import { judgeRequestProjectsStatement } from "../../../packages/server/src/modules/import/sql/judge-request-projects.ts";
import { makeProject } from "../../kit/factories.ts";
import { lines, stageRequests, useBench } from "./staged-rows.ts";

const bench = useBench();
const states =
  "select key || ' ' || state || coalesce(' ' || problem_code, '') from request_row where import_id = $1 order by row_number";

test("requests of projects that are not on the site are bad until they are; other faults stay", async () => {
  const { em, site, foreign } = bench();
  await makeProject(em, site.id, { key: "HELP" });
  await makeProject(em, foreign.id, { key: "LATE" });
  const id = await stageRequests(em, site, [
    { key: "HELP-1" },
    { key: "LATE-1", projectKey: "LATE" },
    { key: "BAD-1", projectKey: "LATE", state: "BAD", problemCode: "INVALID_DATE" },
    { key: "LATE-1", projectKey: "LATE", state: "DUPLICATE", problemCode: "DUPLICATE_ROW" },
  ]);
  const run = () => judgeRequestProjectsStatement.run(em, [id, site.id, "project"]);
  expect(await run()).toEqual([{ changed: 1 }]);
  const judged = [
    "HELP-1 GOOD",
    "LATE-1 BAD UNKNOWN_PROJECT",
    "BAD-1 BAD INVALID_DATE",
    "LATE-1 DUPLICATE DUPLICATE_ROW",
  ];
  expect(await lines(em, states, [id])).toEqual(judged);
  expect(await run()).toEqual([{ changed: 0 }]);
  await makeProject(em, site.id, { key: "LATE" });
  expect(await run()).toEqual([{ changed: 1 }]);
  expect(await lines(em, states, [id])).toEqual(judged.with(1, "LATE-1 GOOD"));
});

test("an empty file has none", async () => {
  const { em, site } = bench();
  const empty = await stageRequests(em, site, []);
  expect(await judgeRequestProjectsStatement.run(em, [empty, site.id, "project"])).toEqual([{ changed: 0 }]);
});
