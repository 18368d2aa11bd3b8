import { expect, test } from "vitest";
import { markDuplicateRequestsStatement } from "../../../packages/server/src/modules/import/sql/mark-duplicate-requests.ts";
import { lines, stageRequests, useBench } from "./staged-rows.ts";

const bench = useBench();
const states = "select row_number || ' ' || state from request_row where import_id = $1 order by row_number";

test("the first row of a key holds, even one whose project is not there yet; unreadable rows do not count", async () => {
  const { em, site } = bench();
  const id = await stageRequests(em, site, [
    { key: "A-1", state: "BAD" },
    { key: "A-1", state: "BAD", problemCode: "UNKNOWN_PROJECT" },
    { key: "A-1" },
    { key: "A-2" },
    { key: null, state: "BAD" },
    { key: null, state: "BAD" },
  ]);
  expect(await markDuplicateRequestsStatement.run(em, [id, "key"])).toEqual([{ changed: 1 }]);
  expect(await lines(em, states, [id])).toEqual([
    "2 BAD",
    "3 BAD",
    "4 DUPLICATE",
    "5 GOOD",
    "6 BAD",
    "7 BAD",
  ]);
  expect(await markDuplicateRequestsStatement.run(em, [id, "key"])).toEqual([{ changed: 0 }]);
});

test("an empty file has none", async () => {
  const { em, site } = bench();
  expect(await markDuplicateRequestsStatement.run(em, [await stageRequests(em, site, []), "key"])).toEqual([
    { changed: 0 },
  ]);
});
