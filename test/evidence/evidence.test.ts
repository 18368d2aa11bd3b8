import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../packages/server/src/cli/commands.ts";
import { readConfig } from "../../packages/server/src/config.ts";
import { loadEvidenceKey } from "../../packages/server/src/evidence-key.ts";
import {
  generateKeyText,
  readPrivateKey,
  verifyEvidence,
  type Verdict,
} from "../../packages/server/src/modules/evidence/index.ts";
import { signManifest } from "../../packages/server/src/modules/evidence/write-pack.ts";
import { sweepEventsStatement } from "../../packages/server/src/modules/retention/sql/sweep-events.ts";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, uploadAndApply, uploadSamples, type World } from "../kit/world.ts";
import { unzip, zipUp } from "../kit/zip.ts";

const keyText = generateKeyText();
const key = readPrivateKey(keyText);

type Files = Map<string, Buffer>;

let server: TestServer;
let world: World;
let migrationId: string;
let folder: string;
let genuine: Files;

async function download(id: string): Promise<Buffer> {
  const response = await world.admin.fetch(`/api/migrations/${id}/evidence.zip`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

async function verifyZip(zip: Buffer, trusted: string | null = key.publicKey): Promise<Verdict> {
  const file = path.join(folder, "pack.zip");
  await writeFile(file, zip);
  return verifyEvidence(file, trusted);
}

async function verifyFiles(files: Files): Promise<Verdict> {
  return verifyZip(await zipUp(files));
}

/** The pack with one file changed, everything else as it was. */
function changed(name: string, change: (content: Buffer) => Buffer): Files {
  return new Map([...genuine].map(([at, content]) => [at, at === name ? change(content) : content]));
}

/** The pack changed by somebody who has the key: manifest and signature are made to fit. */
function signedAgain(files: Files): Files {
  const text = files.get("manifest.json")?.toString("utf8") ?? "";
  const manifest = JSON.parse(text) as { files: { name: string; sha256: string; size: number }[] };
  for (const listed of manifest.files) {
    const content = files.get(listed.name) ?? Buffer.alloc(0);
    listed.sha256 = createHash("sha256").update(content).digest("hex");
    listed.size = content.length;
  }
  const bytes = Buffer.from(JSON.stringify(manifest), "utf8");
  const signature = Buffer.from(signManifest(bytes, key), "utf8");
  return new Map([...files, ["manifest.json", bytes], ["manifest.sig", signature]]);
}

function edit(change: (text: string) => string): (content: Buffer) => Buffer {
  return (content) => {
    const text = change(content.toString("utf8"));
    expect(text).not.toBe(content.toString("utf8"));
    return Buffer.from(text, "utf8");
  };
}

function content(files: Files, name: string): Buffer {
  return files.get(name) ?? Buffer.alloc(0);
}

const withoutLine = (index: number) => edit((text) => text.split("\n").toSpliced(index, 1).join("\n"));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rehome-evidence-"));
  server = await startTestServer({ REHOME_EVIDENCE_KEY: keyText });
  world = await makeWorld(server);
  await uploadSamples(world);
  migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId);
  genuine = await unzip(await download(migrationId));
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("the evidence pack of a run", () => {
  it("holds plan, approvals, log, audit, reports and proof, and is found whole and genuine", async () => {
    expect([...genuine.keys()]).toEqual([
      "migration.json",
      "environment.json",
      "approvals.json",
      "plan/checks.json",
      "plan/sealed-rows.jsonl",
      "plan/items.jsonl",
      "events.jsonl",
      "audit.jsonl",
      "report/Summary.csv",
      "report/Successful.csv",
      "report/RequiresAttention.csv",
      "report/Failed.csv",
      "report/AccessProof.csv",
      "proof/differences.jsonl",
      "proof/summary.json",
      "manifest.json",
      "manifest.sig",
    ]);
    const verdict = await verifyZip(await download(migrationId));
    expect(verdict.difference).toBeNull();
    expect(verdict.checked.join("\n")).toMatch(
      /15 files[\s\S]*events 1 to \d+[\s\S]*add up[\s\S]*approved fingerprint[\s\S]*approved by admin@acme.example \(1 required\)[\s\S]*HOLDS/,
    );
    for (const [name, content] of genuine) {
      expect([name, content.length]).not.toEqual([name, 0]);
    }
  });

  it("is whole again after its rows were settled, set aside and approved: what was sealed is kept", async () => {
    await server.pool.query(
      `update migration_item set problem = null, type_after = 'BOTH', detail = 'written over' where migration_id = $1`,
      [migrationId],
    );
    expect((await verifyZip(await download(migrationId))).difference).toBeNull();
  });

  it("is for readers of the migration only, and its key for everybody", async () => {
    const anonymous = await server.anonymous().fetch(`/api/migrations/${migrationId}/evidence.zip`);
    expect(anonymous.status).toBe(401);
    const answer = await server.anonymous().fetch("/api/evidence-key");
    expect(await answer.json()).toMatchObject({ algorithm: "Ed25519", publicKey: key.publicKey });
  });
});

describe("a pack somebody touched", () => {
  it("is seen in every file, at one byte", async () => {
    for (const name of genuine.keys()) {
      const verdict = await verifyFiles(
        changed(name, (content) => {
          const copy = Buffer.from(content);
          const at = Math.floor(copy.length / 2);
          copy[at] = (copy[at] ?? 0) ^ 1;
          return copy;
        }),
      );
      expect([name, verdict.difference]).toEqual([name, expect.stringContaining(name)]);
    }
  });

  it.each<[string, () => Files, RegExp]>([
    [
      "a file cut off",
      () => changed("events.jsonl", (content) => content.subarray(0, -1)),
      /^events.jsonl has/,
    ],
    [
      "a file made longer",
      () => changed("audit.jsonl", (content) => Buffer.concat([content, content])),
      /^audit.jsonl is longer/,
    ],
    [
      "a file left out",
      () => new Map([...genuine].filter(([name]) => name !== "audit.jsonl")),
      /^audit.jsonl is missing/,
    ],
    [
      "a file put in",
      () => new Map([...genuine, ["notes.txt", Buffer.from("hello")]]),
      /^notes.txt is in the archive and not/,
    ],
    [
      "a file renamed",
      () => new Map([...genuine].map(([name, content]) => [name.replace("Failed", "Ailed"), content])),
      /^report\/Failed.csv is missing/,
    ],
    [
      "two files swapped",
      () =>
        new Map([
          ...genuine,
          ["report/Successful.csv", genuine.get("report/Failed.csv") ?? Buffer.alloc(0)],
          ["report/Failed.csv", genuine.get("report/Successful.csv") ?? Buffer.alloc(0)],
        ]),
      /^report\/Successful.csv/,
    ],
  ])("is seen: %s", async (_what, files, difference) => {
    expect((await verifyFiles(files())).difference).toMatch(difference);
  });

  it("is seen when another key signed it", async () => {
    const other = readPrivateKey(generateKeyText());
    const verdict = await verifyZip(await zipUp(genuine), other.publicKey);
    expect(verdict.difference).toMatch(/^manifest.sig: signed with the key SHA256:/);
    const zip = await zipUp(genuine);
    expect((await verifyZip(zip, null)).checked[0]).toContain("brought along by the pack");
  });

  it("is seen when the archive is cut off, has a name twice, or a path out of it", async () => {
    const zip = await zipUp(genuine);
    expect((await verifyZip(zip.subarray(0, zip.length / 2))).difference).toMatch(
      /archive cannot be trusted/,
    );
    const traversal = Buffer.from(zip.toString("latin1").replaceAll("audit.jsonl", "../it.jsonl"), "latin1");
    expect((await verifyZip(traversal)).difference).toContain("../it.jsonl");
    const twice = await zipUp([...genuine, ["audit.jsonl", Buffer.from("")]]);
    expect((await verifyZip(twice)).difference).toContain("audit.jsonl is in the archive twice");
  });
});

describe("a pack that its signer made not to agree with itself", () => {
  it.each<[string, string, (content: Buffer) => Buffer, RegExp]>([
    [
      "the first event dropped",
      "events.jsonl",
      withoutLine(0),
      /begins with event 2; the migration's log begins with 1/,
    ],
    ["a dropped event", "events.jsonl", withoutLine(3), /after event 3 comes 5, not 4/],
    [
      "the last event dropped",
      "events.jsonl",
      edit((text) => text.replace(/[^\n]+\n$/, "")),
      /ends at event/,
    ],
    ["a dropped row", "plan/items.jsonl", withoutLine(1), /row 2 is missing/],
    [
      "another person in a row",
      "plan/items.jsonl",
      edit((text) => text.replace(/"email":\s*"jsmith@abc.com"/, '"email": "eve@abc.com"')),
      /a row of 1–1000 is not the one that was sealed/,
    ],
    [
      "another outcome of a row",
      "plan/items.jsonl",
      edit((text) => text.replace(/"outcome":\s*"FAILED"/, '"outcome": "SUCCESSFUL"')),
      /successful rows; migration.json says/,
    ],
    [
      "sealed rows that are others",
      "plan/sealed-rows.jsonl",
      edit((text) => text.replace("jsmith@abc.com", "eve@abc.com")),
      /the sealed rows give the fingerprint/,
    ],
    [
      "another total in the report",
      "report/Summary.csv",
      edit((text) => text.replace(/Successful,\d+/, "Successful,1")),
      /report\/Summary.csv says 1/,
    ],
    [
      "another sentence that was shown",
      "approvals.json",
      edit((text) => text.replace("portal-only accounts on", "nothing at all on")),
      /approval 1 shows does not have the digest/,
    ],
    [
      "a second approver who never was",
      "approvals.json",
      edit((text) => text.replace('"required": 1', '"required": 2')),
      /2 approvers were required and 1 approved/,
    ],
    [
      "a difference of access left out",
      "proof/differences.jsonl",
      withoutLine(0),
      /differences.jsonl has \d+ (gained|lost)/,
    ],
  ])("is seen: %s", async (_what, name, change, difference) => {
    expect((await verifyFiles(signedAgain(changed(name, change)))).difference).toMatch(difference);
  });
});

describe("a pack made after old events were removed", () => {
  it("is whole from the first kept event on and says so; another beginning is refused", async () => {
    const swept = await makeWorld(server, "Swept");
    const customers = "email,name,account type\r\nann@swept.example,Ann,portal-only";
    await uploadAndApply(swept.admin, swept.source.id, customers, "CUSTOMERS");
    const id = await startMigration(swept);
    expect(await untilEnded(swept.admin, id)).toBe("COMPLETED");
    await server.pool.query(
      "update migration set finished_at = finished_at - interval '400 days' where id = $1",
      [id],
    );
    await server.pool.query(
      "update migration_event set at = at - interval '400 days' where migration_id = $1",
      [id],
    );
    await sweepEventsStatement.run(server.database.orm.em.fork() as EntityManager, [3, 365]);
    const response = await swept.admin.fetch(`/api/migrations/${id}/evidence.zip`);
    const files = await unzip(Buffer.from(await response.arrayBuffer()));
    const verdict = await verifyFiles(files);
    expect(verdict.difference).toBeNull();
    expect(verdict.checked.join("\n")).toMatch(
      /events 4 to \d+ are there without a gap; the log begins there/,
    );
    const later = new Map([...files, ["events.jsonl", withoutLine(0)(content(files, "events.jsonl"))]]);
    expect((await verifyFiles(signedAgain(later))).difference).toMatch(
      /begins with event 5; the migration's log begins with 4/,
    );
    const facts = edit((text) => text.replace('"firstKeptSequence": 4', '"firstKeptSequence": 1'));
    const sooner = new Map([...files, ["migration.json", facts(content(files, "migration.json"))]]);
    expect((await verifyFiles(signedAgain(sooner))).difference).toMatch(/begins with event 4/);
    expect((await verifyFiles(sooner)).difference).toMatch(/^migration.json/);
    const gap = new Map([...files, ["events.jsonl", withoutLine(1)(content(files, "events.jsonl"))]]);
    expect((await verifyFiles(signedAgain(gap))).difference).toMatch(/after event 4 comes 6, not 5/);
  });
});

describe("the command line", () => {
  it("answers 0 for a whole pack, 1 for another and 2 for wrong words", async () => {
    const file = path.join(folder, "cli.zip");
    await writeFile(file, await zipUp(genuine));
    const publicKeyFile = path.join(folder, "public.txt");
    await writeFile(publicKeyFile, `${key.publicKey}\n`);
    expect(await runCommand(["verify-evidence", file])).toBe(0);
    expect(await runCommand(["verify-evidence", file, "--key", publicKeyFile])).toBe(0);
    const other = readPrivateKey(generateKeyText()).publicKey;
    expect(await runCommand(["verify-evidence", file, "--key", other])).toBe(1);
    expect(await runCommand(["verify-evidence", path.join(folder, "none.zip")])).toBe(1);
    expect(await runCommand(["verify-evidence"])).toBe(2);
  });
});

describe("the key", () => {
  it("is made once in the data folder, for its owner alone, and stays", async () => {
    const dataDir = path.join(folder, "data");
    const config = readConfig({ REHOME_DATA_DIR: dataDir });
    const first = loadEvidenceKey(config);
    expect(loadEvidenceKey(config).publicKey).toBe(first.publicKey);
    const file = path.join(dataDir, "evidence-key.pem");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const asFile = readConfig({ REHOME_EVIDENCE_KEY: file });
    expect(loadEvidenceKey(asFile).publicKey).toBe(first.publicKey);
    const pem = await readFile(file, "utf8");
    const oneLine = readConfig({ REHOME_EVIDENCE_KEY: pem.replaceAll("\n", "\\n") });
    expect(loadEvidenceKey(oneLine).publicKey).toBe(first.publicKey);
    const base64 = readConfig({ REHOME_EVIDENCE_KEY: pem.replaceAll(/-----[^-]+-----|\n/g, "") });
    expect(loadEvidenceKey(base64).publicKey).toBe(first.publicKey);
  });

  it("must be given in production with a database of one's own, and must be Ed25519", () => {
    const production = { NODE_ENV: "production", DATABASE_URL: "postgres://x/y" };
    expect(() => loadEvidenceKey(readConfig(production))).toThrow(
      /whoever operates this server has to set REHOME_EVIDENCE_KEY/,
    );
    expect(() => loadEvidenceKey(readConfig({ REHOME_EVIDENCE_KEY: "nonsense" }))).toThrow(
      /REHOME_EVIDENCE_KEY is not a readable key/,
    );
  });
});
