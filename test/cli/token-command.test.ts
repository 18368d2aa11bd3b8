import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli, type CliResult } from "../kit/run-cli.ts";
import { startServerProcess, type ServerProcess } from "../kit/server-process.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld } from "../kit/world.ts";

describe("rehome token, on the server's machine", () => {
  let server: TestServer;
  let secret: string;
  let id: string;

  const token = async (...words: string[]): Promise<CliResult> => {
    const { rows } = await server.pool.query<{ name: string }>("select current_database() as name");
    const url = new URL(server.database.connectionString);
    url.pathname = `/${rows[0]?.name}`;
    return runCli(["token", ...words], { DATABASE_URL: url.href });
  };

  beforeAll(async () => {
    server = await startTestServer();
    const world = await makeWorld(server);
    await makePerson(server, "plain@acme.example", [
      { role: "MEMBER", organizationId: world.organizationId },
    ]);
  });

  afterAll(async () => {
    await server?.stop();
  });

  it("makes the first token, the secret alone on standard output", async () => {
    const words = ["--email", "Admin@ACME.example", "--name", "first", "--scope", "migrate", "--days", "7"];
    const result = await token("create", ...words, "--organization", "acme");
    expect(result.exitCode).toBe(0);
    secret = result.stdout.trim();
    expect(result.stdout).toMatch(/^rhm_[A-Za-z0-9_-]{43}\n$/);
    const list = await runCli(["list"], { REHOME_URL: server.url, REHOME_TOKEN: secret });
    expect([list.exitCode, list.stderr]).toEqual([0, ""]);
  });

  it("is in the audit log as done there", async () => {
    const { rows } = await server.pool.query(
      "select actor_account_id, summary from audit_entry where action = 'api_token.create'",
    );
    expect(rows).toEqual([
      {
        actor_account_id: null,
        summary: expect.stringMatching(
          /^On the server's machine: made admin@acme\.example's API token first/,
        ),
      },
    ]);
  });

  it("lists and revokes", async () => {
    const listed = await token("list", "--email", "admin@acme.example");
    expect(listed.stdout).toMatch(
      /^[0-9a-f-]{36} {2}rhm_.{4}… {2}migrate {2}until .* last used .* {2}first\n$/,
    );
    expect(listed.stdout).not.toContain(secret);
    id = listed.stdout.slice(0, 36);
    expect((await token("revoke", id, "--email", "plain@acme.example")).exitCode).toBe(1);
    const revoked = await token("revoke", id, "--email", "admin@acme.example");
    expect([revoked.exitCode, revoked.stdout]).toEqual([0, expect.stringContaining("revoked")]);
    expect((await token("revoke", id, "--email", "admin@acme.example")).exitCode).toBe(3);
    const list = await runCli(["list"], { REHOME_URL: server.url, REHOME_TOKEN: secret });
    expect(list.exitCode).toBe(6);
  });

  it.each([
    ["an address nobody has", 1, ["create", "--email", "no@acme.example", "--name", "x"]],
    [
      "another organization",
      1,
      ["create", "--email", "admin@acme.example", "--name", "x", "--organization", "y"],
    ],
    ["somebody who administers nothing", 3, ["create", "--email", "plain@acme.example", "--name", "x"]],
    ["more than a year", 3, ["create", "--email", "admin@acme.example", "--name", "x", "--days", "400"]],
    ["no name", 2, ["create", "--email", "admin@acme.example"]],
    ["an unknown scope", 2, ["create", "--email", "admin@acme.example", "--name", "x", "--scope", "all"]],
    ["an unknown word", 2, ["mint", "--email", "admin@acme.example"]],
    ["no id", 2, ["revoke", "--email", "admin@acme.example"]],
  ])("makes nothing for %s: %i", async (_what, exitCode, words) => {
    const result = await token(...words);
    expect([result.exitCode, result.stdout]).toEqual([exitCode, ""]);
    expect(result.stderr).toMatch(/^rehome token: /);
  });
});

describe("rehome token beside a running server with its own database", () => {
  let folder: string;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "rehome-token-"));
    server = await startServerProcess({ REHOME_DATA_DIR: folder, PORT: "0", DATABASE_URL: "" });
  });

  afterAll(async () => {
    await server?.end("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  });

  it("makes a token that this server knows at once", async () => {
    const words = ["token", "create", "--email", "nadia.okafor@northwind.example", "--name", "beside"];
    const made = await runCli(words, { REHOME_DATA_DIR: folder });
    expect(made.stdout).toMatch(/^rhm_/);
    const environment = { REHOME_URL: server.url, REHOME_TOKEN: made.stdout.trim() };
    expect((await runCli(["list"], environment)).exitCode).toBe(0);
  });
});
