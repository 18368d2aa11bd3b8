import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseFile } from "../../packages/server/src/modules/import/files/parse-file.ts";
import { copyRows } from "../../packages/server/src/modules/import/staging/copy-rows.ts";
import { importStream } from "../../packages/server/src/modules/import/staging/import-stream.ts";
import { stagingFormat } from "../../packages/server/src/modules/import/staging/row-lines.ts";
import { query } from "../kit/query.ts";
import { ask, csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk();
});
afterAll(() => desk.stop());

const rowCount = 200_000;

/** A customers file of this many rows, made as it is read. */
function customers(rows: number): Readable {
  return Readable.from(
    (function* () {
      let text = "email,name,account type,customer role,projects,organizations,active,kind\n";
      for (let at = 0; at < rows; at++) {
        const type = at % 2 === 0 ? "portal-only" : "Atlassian account";
        text += `person${at}@example.com,Person Number ${at},${type},,HELP|SALES,Acme,yes,\n`;
        if (text.length > 64_000) {
          yield Buffer.from(text);
          text = "";
        }
      }
      yield Buffer.from(text);
    })(),
  );
}

/** Most megabytes resident while the work goes on. */
async function peakMemory(work: () => Promise<void>): Promise<number> {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.round(Math.max(peak, process.memoryUsage.rss()) / 1024 / 1024);
}

test("200,000 rows are staged in flat memory, and none is lost", async ({ annotate }) => {
  const receive = async (rows: number): Promise<string> => {
    const { importId, rejection } = await importStream(desk.deps, {
      siteId: desk.site.id,
      actorAccountId: desk.admin.accountId,
      fileName: "large.csv",
      stream: customers(rows),
    });
    expect(rejection).toBeNull();
    return importId;
  };
  // The first thousands warm up what is compiled and pooled, so that the rest shows what rows cost.
  await receive(20_000);
  const before = Math.round(process.memoryUsage.rss() / 1024 / 1024);
  const started = performance.now();
  let importId = "";
  const peak = await peakMemory(async () => {
    importId = await receive(rowCount);
  });
  const staged = performance.now() - started;
  expect(await desk.load(importId)).toMatchObject({
    totalRows: rowCount,
    goodRows: rowCount,
    state: "PREVIEW",
  });
  // The file has 15 MB and its rows some 60 MB; held at once, as objects, they would be far more than this.
  expect(peak - before).toBeLessThan(150);

  const bare = await copyBare();
  const rate = (milliseconds: number): string => `${Math.round(rowCount / milliseconds)}k rows/s`;
  await annotate(
    `staged with judging ${rate(staged)}, parse and COPY alone ${rate(bare)}; ${before} MB before, ${peak} MB at the peak`,
  );
}, 120_000);

/** Parses and copies the same rows into a table without keys, and undoes it. Milliseconds. */
async function copyBare(): Promise<number> {
  const client = await desk.pool.connect();
  try {
    await client.query("begin");
    await client.query("create table bare (like customer_row including defaults)");
    const started = performance.now();
    const file = await parseFile({ stream: customers(rowCount), fileKind: "CUSTOMERS" });
    const format = stagingFormat("CUSTOMERS", {
      importId: desk.site.id,
      siteId: desk.site.id,
      keyHeader: "key",
      sealHash: () => null,
    });
    const bareFormat = { ...format, copySql: format.copySql.replace("copy customer_row", "copy bare") };
    await copyRows(client, bareFormat, file.rows, () => undefined);
    return performance.now() - started;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

test("any text of a cell comes back as it was", async () => {
  const cell = fc.string({ unit: "binary", maxLength: 30 }).filter((text) => !text.includes("\u0000"));
  const texts = fc.sample(
    fc.oneof(
      cell,
      fc.string({ unit: fc.constantFrom("\\", '"', "\n", "\r", "\t", ",", "{", "}", "N", "'", "=") }),
    ),
    {
      numRuns: 500,
      seed: 20_260,
    },
  );
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const { importId } = await desk.upload(
    csv(
      "email,name,account type",
      ...texts.map((text, at) => `t${at}@example.com,${quote(text)},portal-only`),
    ),
  );
  const rows = await desk.rows(importId);
  const unguard = (text: string): string => text.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/u, "");
  expect(rows.map((row) => row.cells[1])).toEqual(texts.map(unguard));
});

test("a lost database connection fails the import in words, and the next upload goes through", async () => {
  let isLost = false;
  const stream = Readable.from(
    (async function* () {
      yield Buffer.from("email,account type\n");
      while (!isLost) {
        yield Buffer.from("a@example.com,portal-only\n".repeat(100));
        await wait(5);
      }
    })(),
  );
  const receiving = importStream(desk.deps, {
    siteId: desk.site.id,
    actorAccountId: desk.admin.accountId,
    fileName: "lost.csv",
    stream,
  });
  const failed = expect(receiving).rejects.toThrow();
  const terminate = (): Promise<unknown[]> =>
    query(
      desk.fork(),
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and state = 'active' and query like '%copyCustomerRows%' and pid <> pg_backend_pid()`,
    );
  await expect.poll(terminate, { timeout: 20_000 }).toHaveLength(1);
  await failed;
  isLost = true;
  const lost = await ask<string>(desk, "select id from import_file where file_name = 'lost.csv'");
  expect(await desk.load(lost)).toMatchObject({ state: "FAILED", failureCode: "INTERNAL" });
  expect((await desk.upload(csv("email,account type", "a@example.com,portal-only"))).status).toBe(201);
});
