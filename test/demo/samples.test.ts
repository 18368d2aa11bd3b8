import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeSamples } from "../../packages/server/src/modules/demo/index.ts";

const committed = fileURLToPath(new URL("../../docs/samples/", import.meta.url));

test("the sample files in docs are those the generator writes today", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "rehome-samples-"));
  try {
    const written = await writeSamples(folder);
    const csvInDocs = (await readdir(committed)).filter((name) => name.endsWith(".csv"));
    expect(csvInDocs.toSorted()).toEqual(written.map((file) => path.basename(file)).toSorted());
    for (const file of written) {
      const today = await readFile(file, "utf8");
      expect(await readFile(path.join(committed, path.basename(file)), "utf8")).toBe(today);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the sample customers are few enough to read and bring every case", async () => {
  const text = await readFile(path.join(committed, "source-customers.csv"), "utf8");
  const rows = text.trimEnd().split("\r\n").slice(1);
  expect(rows.length).toBeGreaterThanOrEqual(40);
  expect(rows.length).toBeLessThanOrEqual(50);
  expect(rows[0]).toMatch(/^jsmith@abc\.com,/);
  expect(rows[1]).toMatch(/^dmurphy@xyz\.com,/);
});
