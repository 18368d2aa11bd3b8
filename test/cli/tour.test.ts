import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli, type CliResult } from "../kit/run-cli.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeToken } from "../kit/token-client.ts";
import { makeWorld, type World } from "../kit/world.ts";

// The tour as a script would do it, from the six files to the report, by commands alone.

let server: TestServer;
let world: World;
let token: string;
let folder: string;
let fingerprint: string;

const rehome = (...words: string[]): Promise<CliResult> =>
  runCli(words, { REHOME_URL: server.url, REHOME_TOKEN: token });

beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  token = (await makeToken(world.admin)).secret;
  folder = mkdtempSync(path.join(tmpdir(), "rehome-cli-"));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

describe("the tour by commands", () => {
  it.each([
    ["projects-source.csv", "acme-support", 0],
    ["projects-destination.csv", "acme-help", 0],
    ["source-customers.csv", "Acme Support", 4],
    ["destination-customers.csv", "acme help", 0],
    ["requests-source.csv", "acme-support", 0],
    ["requests-destination.csv", "acme-help", 0],
  ])("imports %s to %s", async (file, site, exitCode) => {
    const rejected = path.join(folder, `rejected-${file}`);
    const words = [`docs/samples/${file}`, "--site", site, "--apply", "--rejected", rejected];
    const result = await rehome("import", ...words);
    expect([result.stderr, result.exitCode]).toEqual(["", exitCode]);
    const [record = {}] = result.records();
    expect(record).toMatchObject({ type: "import", state: "APPLIED", fileName: file });
    const rows = readFileSync(path.join("docs/samples", file), "utf8").trim().split(/\r?\n/).length - 1;
    expect(record.totalRows).toBe(rows);
    const { duplicates } = record.effects as { duplicates: number };
    const unused = Number(record.badRows) + duplicates;
    expect([Number(record.badRows) > 0, record.rejectedFile]).toEqual([
      exitCode === 4,
      unused > 0 ? rejected : null,
    ]);
    if (unused > 0) {
      const [header, ...rest] = readFileSync(rejected, "utf8").trim().split("\r\n");
      expect(header).toMatch(/,Error$/);
      expect(rest).toHaveLength(unused);
    }
  });

  it("plans, with the outcome table, the checks and the fingerprint", async () => {
    const result = await rehome("plan", "--from", "acme-support", "--to", "acme-help");
    expect([result.stderr, result.exitCode]).toEqual(["", 0]);
    const [record = {}] = result.records();
    expect(record).toMatchObject({ type: "plan", migration: "MR-1", state: "PLANNED", approvable: true });
    fingerprint = String(record.fingerprint);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const rows = record.rows as { count: number }[];
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(record.totalItems);
    expect((record.checks as object[]).length).toBeGreaterThan(0);
  });

  it("plans again, in words, with the same fingerprint", async () => {
    const result = await rehome("plan", "--migration", "mr-1", "--text");
    expect([result.stderr, result.exitCode]).toEqual(["", 0]);
    expect(result.stdout).toContain(`Fingerprint ${fingerprint}`);
    expect(result.stdout).toContain(`rehome approve MR-1 --fingerprint ${fingerprint} --confirm "Acme Help"`);
    expect(result.stdout).toContain("Found duplicate accounts on destination");
  });

  it("refuses another fingerprint and another name", async () => {
    const stale = await rehome("approve", "MR-1", "--fingerprint", "0".repeat(64), "--confirm", "Acme Help");
    expect([stale.exitCode, stale.error().code]).toEqual([3, "STALE_PLAN"]);
    const wrong = await rehome("approve", "MR-1", "--fingerprint", fingerprint, "--confirm", "Acme");
    expect([wrong.exitCode, wrong.error().code]).toEqual([3, "CONFIRMATION_MISMATCH"]);
  });

  it("has no report before the run", async () => {
    const result = await rehome("report", "MR-1", "--to", path.join(folder, "early.zip"));
    expect([result.exitCode, result.error().code]).toEqual([1, "NO_REPORT"]);
  });

  it("approves, runs and follows to the end, which people have to look at", async () => {
    const approved = await rehome("approve", "MR-1", "--fingerprint", fingerprint, "--confirm", "Acme Help");
    expect([approved.exitCode, approved.records()[0]?.state]).toEqual([0, "APPROVED"]);
    const result = await rehome("run", "MR-1", "--watch");
    expect([result.stderr, result.exitCode]).toEqual(["", 4]);
    const [decision, ...rest] = result.records();
    expect(decision).toMatchObject({ type: "decision", decision: "startMigration", migration: "MR-1" });
    const events = rest.filter(({ type }) => type === "event");
    expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(["STARTED", "COMPLETED"]));
    const sequences = events.map(({ sequence }) => Number(sequence));
    expect(sequences).toEqual(sequences.map((_sequence, index) => (sequences[0] ?? 0) + index));
    expect(rest.at(-1)).toMatchObject({
      type: "result",
      migration: "MR-1",
      state: "COMPLETED_WITH_ATTENTION",
      exitCode: 4,
      accessProof: { unexplained: 0 },
    });
  });

  it("tells the whole log again to who comes later, and nothing after its last number", async () => {
    const all = await rehome("watch", "MR-1");
    const events = all.records().filter(({ type }) => type === "event");
    expect([all.exitCode, events[0]?.sequence]).toEqual([4, 1]);
    const none = await rehome("watch", "MR-1", "--after", String(events.at(-1)?.sequence));
    expect(none.records().map(({ type }) => type)).toEqual(["result"]);
  });

  it("saves the report whole", async () => {
    const file = path.join(folder, "report.zip");
    const result = await rehome("report", "MR-1", "--to", file);
    expect([result.stderr, result.exitCode]).toEqual(["", 0]);
    const bytes = readFileSync(file);
    expect(bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
    expect(result.records()[0]).toMatchObject({ type: "report", file, bytes: bytes.length });
  });

  it("lists what there is", async () => {
    const result = await rehome("list", "--state", "completed-with-attention");
    expect(result.records()).toMatchObject([
      { type: "migration", name: "MR-1", from: "Acme Support", to: "Acme Help", organization: "Acme" },
    ]);
    expect((await rehome("list", "--state", "running", "--text")).stdout).toBe("No migrations.\n");
  });

  it("refuses to pause what has ended, and says why", async () => {
    const result = await rehome("pause", "MR-1");
    expect([result.exitCode, result.error().code]).toEqual([3, "INVALID_STATE"]);
  });
});
