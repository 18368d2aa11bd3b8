import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMigration } from "../kit/migration-flow.ts";
import { runCli, type CliResult } from "../kit/run-cli.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeToken, revokeToken } from "../kit/token-client.ts";
import { makeWorld, uploadAndApply, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;
let foreign: World;
let secret: string;

const ask = (token: string, ...words: string[]): Promise<CliResult> =>
  runCli(words, { REHOME_URL: server.url, REHOME_TOKEN: token });

beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  foreign = await makeWorld(server, "Globex");
  secret = (await makeToken(world.admin)).secret;
  const customers = "email,account type\r\na@b.example,portal-only\r\n";
  for (const { admin, source } of [world, foreign]) {
    await uploadAndApply(admin, source.id, customers, "CUSTOMERS");
  }
  await createMigration(foreign);
  await createMigration(foreign);
  await createMigration(world);
});

afterAll(async () => {
  await server?.stop();
});

describe("a token that is no good", () => {
  it("ends every command with 6 and the same words, whether wrong, expired or revoked", async () => {
    const [expired, revoked] = [await makeToken(world.admin), await makeToken(world.admin)];
    await server.pool.query(
      "update api_token set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1",
      [expired.id],
    );
    await revokeToken(world.admin, revoked.id);
    const wrong = [`rhm_${"A".repeat(43)}`, expired.secret, revoked.secret, "nonsense"];
    const results = await Promise.all(wrong.map((token) => ask(token, "list")));
    expect(results.map(({ exitCode }) => exitCode)).toEqual([6, 6, 6, 6]);
    expect(new Set(results.map(({ stderr }) => stderr)).size).toBe(1);
    expect(results[0]?.error()).toMatchObject({ code: "UNAUTHENTICATED", exitCode: 6 });
    expect(results.map(({ stdout }) => stdout).join("")).toBe("");
  });

  it("is never written back to the person", async () => {
    const result = await ask(`${secret}\u00e9`, "list");
    expect(result.exitCode).toBe(2);
    expect(result.stderr).not.toContain(secret.slice(8));
  });
});

describe("a token that may only read", () => {
  it("is refused approval and upload with 3, and told who can grant it", async () => {
    const reader = (await makeToken(world.admin, { scope: "READ" })).secret;
    const words = ["approve", "MR-1", "--fingerprint", "f".repeat(64), "--confirm", "Acme Help"];
    const result = await ask(reader, ...words);
    expect(result.exitCode).toBe(3);
    expect(result.error()).toMatchObject({
      code: "NOT_PERMITTED",
      message: expect.stringContaining("MIGRATE"),
      whoCanGrant: ["The token's owner, signed in"],
    });
    const inWords = await ask(reader, ...words, "--text");
    expect(inWords.stderr).toContain("Who can grant it: The token's owner, signed in.");
    const upload = await ask(reader, "import", "docs/samples/projects-source.csv", "--site", "acme-support");
    expect([upload.exitCode, upload.error().code]).toEqual([3, "FORBIDDEN"]);
    expect((await ask(reader, "list")).exitCode).toBe(0);
  });
});

describe("what belongs to another organization", () => {
  it("is answered like what is not there, with 7", async () => {
    const results = await Promise.all(["MR-2", "MR-999"].map((name) => ask(secret, "watch", name)));
    expect(results.map(({ exitCode }) => exitCode)).toEqual([7, 7]);
    const [there, nowhere] = results.map(({ stderr }) => stderr);
    expect(there?.replace("MR-2", "MR-n")).toBe(nowhere?.replace("MR-999", "MR-n"));
    const sites = await Promise.all(
      ["globex-help", "no-such-site"].map((site) =>
        ask(secret, "plan", "--from", "acme-support", "--to", site),
      ),
    );
    expect(sites.map(({ exitCode }) => exitCode)).toEqual([7, 7]);
    expect(sites[0]?.stderr.replace("globex-help", "x")).toBe(sites[1]?.stderr.replace("no-such-site", "x"));
    const organization = await ask(secret, "list", "--organization", "Globex");
    expect(organization.exitCode).toBe(7);
  });

  it("has to be told apart by --organization where the token works in both", async () => {
    await server.pool.query(
      `insert into role_assignment (account_id, role, organization_id)
       select id, 'ORGANIZATION_ADMIN', $1 from account where email = 'admin@acme.example'`,
      [foreign.organizationId],
    );
    const both = await ask(secret, "report", "MR-1", "--to", "never.zip");
    expect(both.exitCode).toBe(2);
    expect(both.error().message).toContain("Acme, Globex. Choose with --organization");
    const one = await ask(secret, "report", "MR-1", "--to", "never.zip", "--organization", "globex");
    expect([one.exitCode, one.error().code]).toEqual([1, "NO_REPORT"]);
    await server.pool.query("delete from role_assignment where organization_id = $1 and account_id <> $2", [
      foreign.organizationId,
      (await server.pool.query("select id from account where email = 'admin@globex.example'")).rows[0]?.id,
    ]);
  });
});

describe("wrong usage", () => {
  it.each([
    ["no file", ["import", "--site", "x"]],
    ["neither site nor product", ["import", "docs/samples/projects-source.csv"]],
    ["site and product", ["import", "docs/samples/projects-source.csv", "--site", "x", "--product", "y"]],
    [
      "a product's users of a kind",
      ["import", "docs/samples/projects-source.csv", "--product", "y", "--kind", "customers"],
    ],
    ["a file that is not there", ["import", "no-such-file.csv", "--site", "acme-support"]],
    ["an unknown kind", ["import", "docs/samples/projects-source.csv", "--site", "x", "--kind", "people"]],
    ["an unknown option", ["list", "--all"]],
    ["a word too many", ["watch", "MR-1", "MR-2"]],
    ["no migration's name", ["watch", "forty-two"]],
    ["neither sites nor a migration", ["plan", "--from", "acme-support"]],
    ["sites and a migration", ["plan", "--from", "a", "--to", "b", "--migration", "MR-1"]],
    ["no fingerprint", ["approve", "MR-1", "--confirm", "Acme Help"]],
    ["an unknown command", ["emigrate"]],
  ])("%s: 2", async (_what, words) => {
    const result = await ask(secret, ...words);
    expect([result.exitCode, result.stderr === "" ? result.stdout : result.stderr]).toEqual([
      2,
      expect.not.stringMatching(/^\s+at /m),
    ]);
  });

  it("no token, and an address that is none", async () => {
    const none = await runCli(["list"], { REHOME_URL: server.url });
    expect([none.exitCode, none.error().code]).toEqual([2, "WRONG_USAGE"]);
    const address = await runCli(["list"], { REHOME_URL: "not an address", REHOME_TOKEN: secret });
    expect([address.exitCode, String(address.error().message)]).toEqual([
      2,
      expect.stringContaining("REHOME_URL"),
    ]);
  });
});

describe("a server that is not there", () => {
  it("ends with 6 after some tries", async () => {
    const result = await runCli(["list"], { REHOME_URL: "http://127.0.0.1:9", REHOME_TOKEN: secret });
    expect([result.exitCode, result.error().code]).toEqual([6, "NOT_REACHABLE"]);
  });

  it("and something else that answers there, too", async () => {
    const { createServer } = await import("node:http");
    const other = createServer((_request, response) => response.end("<html>"));
    await new Promise<void>((resolve) => {
      other.listen(0, "127.0.0.1", resolve);
    });
    const { port } = other.address() as { port: number };
    const result = await runCli(["list"], { REHOME_URL: `http://127.0.0.1:${port}`, REHOME_TOKEN: secret });
    other.close();
    expect([result.exitCode, String(result.error().message)]).toEqual([
      6,
      expect.stringContaining("Is REHOME_URL right?"),
    ]);
  });
});

describe("help", () => {
  it.each([
    "import",
    "plan",
    "approve",
    "run",
    "watch",
    "report",
    "pause",
    "resume",
    "cancel",
    "list",
    "token",
  ])("of %s needs neither token nor server", async (name) => {
    const result = await runCli([name, "--help"]);
    expect([result.exitCode, result.stderr]).toEqual([0, ""]);
    expect(result.stdout).toContain(`rehome ${name}`);
  });
});
