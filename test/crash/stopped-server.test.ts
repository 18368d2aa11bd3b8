import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { startServerProcess } from "../kit/server-process.ts";

it("told to stop twice at once, as by Ctrl+C under npm, still stops its database cleanly", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "rehome-stop-"));
  const server = await startServerProcess({
    REHOME_DATA_DIR: dataDir,
    REHOME_DEMO: "off",
    PORT: "0",
    DATABASE_URL: "",
  });
  const ended = server.end("SIGTERM");
  process.kill(server.pid, "SIGTERM");
  expect(await ended).toBe(0);
  expect(existsSync(path.join(dataDir, "postgres/postmaster.pid"))).toBe(false);
  await rm(dataDir, { recursive: true, force: true });
});
