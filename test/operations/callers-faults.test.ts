import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type RunningApp } from "../../packages/server/src/app.ts";
import { readConfig } from "../../packages/server/src/config.ts";
import { openDatabase, type OpenDatabase } from "../../packages/server/src/database.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";

const lines: string[] = [];
let folder: string;
let testDatabase: TestDatabase;
let database: OpenDatabase;
let app: RunningApp;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "rehome-web-"));
  mkdirSync(path.join(folder, "assets"));
  writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>Rehome</title>");
  writeFileSync(path.join(folder, "assets/app-1.js"), "export {};");
  testDatabase = await createTestDatabase();
  const config = readConfig({
    PORT: "0",
    DATABASE_URL: testDatabase.url,
    REHOME_SECRET: "a secret for tests only, long enough",
    REHOME_WEB_DIR: folder,
  });
  const logger = createLogger("error", { write: (line) => void lines.push(line) });
  database = await openDatabase(config, logger);
  app = await startApp(config, database, logger);
});

afterAll(async () => {
  await app?.close();
  await database?.close();
  await testDatabase?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("what a caller did wrong is no error of ours", () => {
  it("a file of a former build is not there, and is no page either", async () => {
    const present = await fetch(`${app.url}/assets/app-1.js`);
    expect([present.status, present.headers.get("cache-control")]).toEqual([
      200,
      expect.stringContaining("immutable"),
    ]);
    const gone = await fetch(`${app.url}/assets/app-0.js`);
    expect([gone.status, await gone.json()]).toEqual([
      404,
      { error: { code: "NOT_FOUND", message: "There is no such file in this build." } },
    ]);
    expect(lines).toEqual([]);
  });

  it("a sign-in of another content type is refused", async () => {
    const response = await fetch(`${app.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "Content-Type": "text/plain", Origin: app.url },
      body: "{}",
    });
    expect(response.status).toBe(415);
    expect(lines).toEqual([]);
  });
});
