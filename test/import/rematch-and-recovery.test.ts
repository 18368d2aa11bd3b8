import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ImportWorker, recoverImports } from "../../packages/server/src/modules/import/import-worker.ts";
import { claimApply } from "../../packages/server/src/modules/import/import.service.ts";
import { rematchImport } from "../../packages/server/src/modules/import/rematch-import.ts";
import { holdNewImportStatement } from "../../packages/server/src/modules/import/sql/hold-new-import.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { makeImportFile } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { people, preview } from "./previews.ts";
import { applyNow, ask, csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk();
});
afterAll(() => desk.stop());

const claim = (importId: string) => claimApply(desk.fork(), desk.admin, importId);

describe("matching the columns again", () => {
  const file = csv(
    "email,second address,name,account type",
    "a@example.com,b@example.com,Ann,portal-only",
    "b@example.com,not an address,Bo,portal-only",
    "a@example.com,c@example.com,Cy,portal-only",
    `"d@example.com"x,d@example.com,Di,portal-only`,
    "e@example.com,e@example.com,Ed",
  );

  test("reads every row again from its cells", async () => {
    const importId = await preview(desk, file);
    const states = async (): Promise<string[]> => (await desk.rows(importId)).map((row) => row.state);
    expect(await states()).toEqual(["GOOD", "GOOD", "DUPLICATE", "BAD", "BAD"]);
    const before = await desk.rows(importId);
    const record = await rematchImport(desk.fork(), desk.admin, {
      importId,
      columns: [
        { index: 0, field: null },
        { index: 1, field: "email" },
      ],
    });
    expect(record).toMatchObject({
      state: "PREVIEW",
      totalRows: 5,
      goodRows: 2,
      badRows: 3,
      duplicateRows: 0,
    });
    expect(await states()).toEqual(["GOOD", "INVALID_EMAIL", "GOOD", "BAD", "BAD"]);
    const after = await desk.rows(importId);
    expect(after.map((row) => row.cells)).toEqual(before.map((row) => row.cells));
    expect(after.map((row) => row.email)).toEqual([
      "b@example.com",
      "not an address",
      "c@example.com",
      "d@example.com",
      "e@example.com",
    ]);
    expect(after[3]).toMatchObject({ problemCode: "TEXT_AFTER_QUOTE", problem: before[3]?.problem });
    expect((await desk.load(importId)).header?.columns.map((column) => column.matchedBy)).toEqual([
      "user",
      "user",
      "exact",
      "exact",
    ]);
    const applied = await applyNow(desk, importId);
    expect(
      await query(desk.fork(), "select email from portal_customer where site_id = $1 order by email", [
        applied.siteId,
      ]),
    ).toEqual([{ email: "b@example.com" }, { email: "c@example.com" }]);
  });

  test("a choice that fits nothing is refused and changes nothing", async () => {
    const importId = await preview(desk, file);
    const before = await desk.rows(importId);
    const choices = [
      [{ index: 9, field: "email" }],
      [{ index: 2, field: "shoe size" }],
      [{ index: 0, field: null }],
      [
        { index: 0, field: "email" },
        { index: 1, field: "email" },
      ],
    ];
    for (const columns of choices) {
      expect(await rematchImport(desk.fork(), desk.admin, { importId, columns })).toMatchObject({
        code: "INVALID_INPUT",
        field: "columns",
      });
    }
    expect(await desk.rows(importId)).toEqual(before);
    await applyNow(desk, importId);
    expect(await rematchImport(desk.fork(), desk.admin, { importId, columns: [] })).toMatchObject({
      code: "INVALID_STATE",
    });
  });

  test("works over more rows than one page, and twice at once", async () => {
    const importId = await preview(desk, people(5_000, "many"));
    const columns = [{ index: 1, field: null }];
    await Promise.all([1, 2].map(() => rematchImport(desk.fork(), desk.admin, { importId, columns })));
    expect(await desk.load(importId)).toMatchObject({ totalRows: 5_000, goodRows: 5_000 });
    expect(
      await ask(desk, "select count(*)::int from customer_row where import_id = $1 and name = ''", [
        importId,
      ]),
    ).toBe(5_000);
  });
});

describe("after a process was killed", () => {
  test("files it was receiving are failed, those of living processes are left alone", async () => {
    const dead = await makeImportFile(desk.fork(), desk.site, { state: "RECEIVING" });
    const outcome = await desk.fork().transactional(async (tx) => {
      const [held] = await holdNewImportStatement.run(tx);
      await query(
        desk.fork(),
        `insert into import_file (id, organization_id, site_id, file_kind, file_name, state, created_by)
         select $1, organization_id, site_id, file_kind, file_name, state, created_by from import_file where id = $2`,
        [held?.id, dead.id],
      );
      return { recovered: await recoverImports(desk.fork), living: held?.id ?? "" };
    });
    expect(outcome.recovered.failed).toEqual([dead.id]);
    expect((await desk.load(outcome.living)).state).toBe("RECEIVING");
    expect(await desk.load(dead.id)).toMatchObject({ state: "FAILED", failureCode: "UPLOAD_CUT_OFF" });
    expect((await recoverImports(desk.fork)).failed).toEqual([outcome.living]);
  });

  test("imports it was applying are applied again by the worker", async () => {
    const importId = await preview(desk, people(20, "again"));
    await claim(importId);
    const bus = { watch: () => () => undefined, close: async () => undefined };
    const worker = new ImportWorker({ fork: desk.fork, bus, logger: createLogger("silent") });
    worker.start();
    await expect.poll(async () => (await desk.load(importId)).state, { timeout: 20_000 }).toBe("APPLIED");
    await worker.stop();
    const record = await desk.load(importId);
    expect(
      await ask(desk, "select count(*)::int from portal_customer where site_id = $1", [record.siteId]),
    ).toBe(20);
  });
});
