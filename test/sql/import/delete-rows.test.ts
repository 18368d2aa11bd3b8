import { expect, test } from "vitest";
import { deleteRowsStatement } from "../../../packages/server/src/modules/import/sql/delete-rows.ts";
import { lines, stageCustomers, stageProjects, stageRequests, useBench } from "./staged-rows.ts";

const bench = useBench();

test("removes the rows of a preview of any kind, never those of another import or of an applied one", async () => {
  const { em, site, foreign } = bench();
  const applied = await stageCustomers(em, site, [{}], "APPLIED");
  const kept = await stageCustomers(em, foreign, [{}]);
  const gone = [
    await stageCustomers(em, site, [{}, {}]),
    await stageRequests(em, site, [{}]),
    await stageProjects(em, site, [{ key: "A" }]),
  ];
  const deleted: number[] = [];
  for (const id of [...gone, ...gone, applied]) {
    deleted.push(...(await deleteRowsStatement.run(em, [id])).map((row) => row.deleted));
  }
  expect(deleted).toEqual([2, 1, 1, 0, 0, 0, 0]);
  expect(
    await lines(em, "select import_id::text from import_row where import_id = any($1::uuid[]) order by 1", [
      [...gone, applied, kept],
    ]),
  ).toEqual([applied, kept].toSorted());
});
