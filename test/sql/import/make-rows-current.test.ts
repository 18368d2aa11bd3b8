import { expect, test } from "vitest";
import { makeRowsCurrentStatement } from "../../../packages/server/src/modules/import/sql/make-rows-current.ts";
import { digest, stageCustomers, useBench } from "./staged-rows.ts";

const bench = useBench();

test("every row of the import is current afterwards, good or not, and no row of another", async () => {
  const { em, site, foreign } = bench();
  await stageCustomers(em, foreign, [{}]);
  await stageCustomers(em, site, [{ current: false }], "DISCARDED");
  const untouched = await digest(em, foreign.id);
  const id = await stageCustomers(em, site, [{}, { state: "BAD", email: null }, { state: "DUPLICATE" }]);
  expect(await makeRowsCurrentStatement.run(em, [id])).toEqual([{ written: 3 }]);
  expect((await digest(em, site.id)).filter((line) => line.includes("true"))).toHaveLength(3);
  expect(await digest(em, foreign.id)).toEqual(untouched);
});

test("a second run and an empty file write nothing", async () => {
  const { em, site } = bench();
  const id = await stageCustomers(em, site, [{}]);
  await makeRowsCurrentStatement.run(em, [id]);
  expect(await makeRowsCurrentStatement.run(em, [id])).toEqual([{ written: 0 }]);
  expect(await makeRowsCurrentStatement.run(em, [await stageCustomers(em, site, [])])).toEqual([
    { written: 0 },
  ]);
});
