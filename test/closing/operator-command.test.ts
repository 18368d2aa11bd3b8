import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../kit/run-cli.ts";
import { openClosingWorld, type ClosingWorld } from "./closing-world.ts";

let world: ClosingWorld;

beforeAll(async () => {
  world = await openClosingWorld();
});
afterAll(() => world?.stop());

const closing = async (...words: string[]): Promise<{ exitCode: number | null; said: string }> => {
  const { exitCode, stderr, stdout } = await runCli(["closing", ...words], {
    DATABASE_URL: String(world.server.pool.options.connectionString),
    REHOME_MASTER_KEY: Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString("base64"),
    REHOME_BASE_URL: "https://rehome.example",
  });
  return { exitCode, said: `${stdout}${stderr}` };
};

describe("rehome closing", () => {
  it("lists, closes and reopens what is for whoever runs the server, and nothing else", async () => {
    const lone = await world.signedIn();
    const mia = await world.signedIn([{ role: "MEMBER", organizationId: world.acme.organizationId }]);
    await world.asked(lone, "No longer needed");
    await world.asked(mia);
    const listed = await closing("list");
    expect(listed).toEqual({ exitCode: 0, said: expect.stringContaining("No longer needed") });
    expect(listed.said).not.toContain(mia.email);
    expect(await closing("close", mia.email)).toEqual({
      exitCode: 3,
      said: expect.stringContaining("Admins of Acme"),
    });
    expect(await closing("decline", lone.email)).toMatchObject({ exitCode: 2 });
    expect(await closing("close", lone.email)).toEqual({
      exitCode: 0,
      said: expect.stringContaining(`${lone.email} is closed`),
    });
    expect(await world.one("select from closed_account where account_id = $1", lone.accountId)).toBeDefined();
    expect(await closing("reopen", lone.email)).toMatchObject({ exitCode: 0 });
    const letter = (await world.letters(lone.email)).at(-1);
    expect(letter?.text).toContain("https://rehome.example/finish/");
    expect(await closing("reopen", lone.email)).toMatchObject({ exitCode: 3 });
  }, 60_000);
});
