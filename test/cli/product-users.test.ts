import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProduct } from "../kit/product-user-factories.ts";
import { runCli, type CliResult } from "../kit/run-cli.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeToken } from "../kit/token-client.ts";
import { makeWorld, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;
let token: string;
let folder: string;

const rehome = (...words: string[]): Promise<CliResult> =>
  runCli(words, { REHOME_URL: server.url, REHOME_TOKEN: token });

beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  token = (await makeToken(world.admin)).secret;
  folder = mkdtempSync(path.join(tmpdir(), "rehome-cli-"));
  const { organizationId } = world;
  for (const name of ["Network status", "On-call", "Wiki", "Wiki"]) {
    await makeProduct(server.database.orm.em.fork(), organizationId, { name });
  }
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

function write(name: string, ...lines: string[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, lines.join("\r\n"));
  return file;
}

describe("a product's users by commands", () => {
  it("are imported by the product's name, with what is not used to be corrected", async () => {
    const file = write(
      "users.csv",
      "email,name,kind",
      "ann@acme.example,Ann,",
      "not an address,Bob,",
      "ci@acme.example,CI,bot",
    );
    const rejected = path.join(folder, "rejected.csv");
    const result = await rehome(
      "import",
      file,
      "--product",
      "network status",
      "--apply",
      "--rejected",
      rejected,
    );
    expect([result.stderr, result.exitCode]).toEqual(["", 4]);
    expect(result.records()[0]).toMatchObject({
      type: "import",
      place: "Network status",
      state: "APPLIED",
      fileKind: "PRODUCT_USERS",
      goodRows: 2,
      badRows: 1,
    });
    expect(readFileSync(rejected, "utf8")).toContain("not an address,Bob,");
    const { rows } = await server.pool.query("select email, kind from product_user order by email");
    expect(rows).toEqual([
      { email: "ann@acme.example", kind: "PERSON" },
      { email: "ci@acme.example", kind: "BOT" },
    ]);
  });

  it("say in words which bots are flagged", async () => {
    const result = await rehome(
      "import",
      write("bots.csv", "email,kind", "ci@acme.example,bot"),
      "--product",
      "On-call",
      "--text",
    );
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain(
      "bots.csv for On-call (product users): not applied yet (--apply does it).",
    );
    expect(result.stdout).toContain("Flagged bots: 1. The product's page says what to do.");
  });

  it("need one product: an unknown name ends with 7, a name of two with 2 and their ids", async () => {
    const file = write("few.csv", "email", "ann@acme.example");
    expect((await rehome("import", file, "--product", "Nothing")).exitCode).toBe(7);
    const two = await rehome("import", file, "--product", "wiki");
    expect([two.exitCode, two.error().message]).toEqual([
      2,
      expect.stringMatching(/by id: [0-9a-f-]{36}, [0-9a-f-]{36}/),
    ]);
    const id = /by id: ([0-9a-f-]{36})/.exec(String(two.error().message))?.[1] ?? "";
    expect((await rehome("import", file, "--product", id)).exitCode).toBe(0);
  });
});
