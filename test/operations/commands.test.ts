import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, dropDatabase, withClient, type TestDatabase } from "../kit/database.ts";
import { startTestServer } from "../kit/server.ts";
import { makeWorld, uploadSamples } from "../kit/world.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** Runs `rehome <words>` on a database; its exit code and everything it said. */
async function rehome(
  databaseUrl: string,
  ...words: string[]
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "packages/server/src/main.ts", ...words], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: "warn", DATABASE_URL: databaseUrl },
  });
  let said = "";
  child.stdout.on("data", (data: Buffer) => (said += data.toString()));
  child.stderr.on("data", (data: Buffer) => (said += data.toString()));
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, said }));
  });
}

describe("the program", () => {
  let original: TestDatabase;
  let folder: string;
  let emptyUrl: URL;
  let emptyName: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "rehome-commands-"));
    original = await createTestDatabase();
    const server = await startTestServer({ DATABASE_URL: original.url });
    await uploadSamples(await makeWorld(server));
    await server.stop();
    // Nothing in it, not even a schema: what somebody has after the old machine burnt.
    emptyName = `t_${randomUUID().replaceAll("-", "")}`;
    await withClient(original.url, (client) => client.query(`create database ${emptyName}`));
    emptyUrl = new URL(original.url);
    emptyUrl.pathname = `/${emptyName}`;
  });
  afterAll(async () => {
    await dropDatabase(original.url, emptyName);
    await original.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it("backs up, restores into a database without a schema, and verifies", async () => {
    const file = path.join(folder, "all.backup");
    expect(await rehome(original.url, "backup", file)).toMatchObject({ code: 0 });
    const restored = await rehome(emptyUrl.href, "restore", file);
    expect(restored).toEqual({ code: 0, said: expect.stringContaining("Everybody signs in again") });
    const verified = await rehome(emptyUrl.href, "verify-invariants");
    expect(verified.code).toBe(0);
    expect(verified.said.trim().split("\n")).toHaveLength(27);
    const again = await rehome(emptyUrl.href, "restore", file);
    expect(again).toEqual({ code: 1, said: expect.stringContaining("is not empty") });
  }, 120_000);

  it("names what does not hold and ends with 1, changing nothing", async () => {
    await withClient(emptyUrl.href, (client) =>
      client.query(`update account set email = upper(email) where email like 'admin@%'`),
    );
    const { code, said } = await rehome(emptyUrl.href, "verify-invariants");
    expect(code).toBe(1);
    expect(said).toMatch(
      /FAIL {2}I21 Emails are canonical\n {8}account [0-9a-f-]+ has the email 'ADMIN@ACME.EXAMPLE'/,
    );
  }, 60_000);

  it("lists held mail, lets it go but for dead links, which it counts, and discards the rest", async () => {
    await withClient(original.url, async (client) => {
      await client.query(`with ended as (
          insert into email_proof (purpose, email, secret_hash, expires_at, revoked_at)
          values ('RESET_PASSWORD', 'late@acme.example', sha256('x'), now() + interval '1 minute', now()) returning id
        )
        insert into mail_outbox (purpose, about, organization_id, to_address, subject, body, message_id, state, held_reason, proof_id)
        select 'test.held', name, case when name <> 'late' then (select id from organization) end, name || '@acme.example', 'For ' || name,
          'x', '<' || name || '@acme.example>', 'HELD', 'RESTORED', case when name = 'late' then (select id from ended) end
        from unnest(array['late', 'early', 'plain']) name`);
    });
    const listed = await rehome(original.url, "outbox", "list");
    expect(listed.said).toMatch(/restored {2}link ended {2}late@acme\.example {2}For late/);
    expect(listed.said).toMatch(/Held: 3 mails, 1 of them with a link that leads nowhere any more/);
    expect((await rehome(original.url, "outbox", "list", "--organization", "acme")).said).toContain(
      "Held: 2 mails.",
    );
    expect(await rehome(original.url, "outbox", "release")).toEqual({
      code: 0,
      said: expect.stringMatching(/^2 mails released\. Held: 1 mail, 1 of them with a link/),
    });
    expect((await rehome(original.url, "outbox", "discard")).said).toBe("1 mail discarded. Held: 0 mails.\n");
    expect(await rehome(original.url, "outbox", "burn")).toMatchObject({ code: 2 });
    expect(await rehome(original.url, "outbox", "list", "--organization", "nobody")).toMatchObject({
      code: 1,
    });
    await withClient(original.url, async (client) => {
      const { rows } = await client.query(
        `select action, summary from audit_entry where action like 'mail.%'`,
      );
      expect(rows).toEqual([{ action: "mail.release", summary: "The operator let held mail go: 2 mails" }]);
    });
  }, 120_000);

  it("refuses to take a word for a file", async () => {
    expect(await rehome(original.url, "backup")).toEqual({
      code: 1,
      said: expect.stringContaining("Name one file"),
    });
    expect(await rehome(original.url, "restore", path.join(folder, "missing"))).toMatchObject({ code: 1 });
  }, 60_000);
});
