import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { entities } from "../../packages/server/src/entities.ts";
import { startEmbeddedPostgres } from "../../packages/server/src/platform/database/embedded/index.ts";
import { migrateSchema } from "../../packages/server/src/platform/database/migrate.ts";
import { openOrm } from "../../packages/server/src/platform/database/orm.ts";
import { dropDatabase, withClient } from "./database.ts";

/**
 * Starts one PostgreSQL for the whole test run (or uses TEST_DATABASE_URL), migrates a template database there,
 * and leaves nothing behind.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await findServer();
  const templateName = `template_${randomUUID().replaceAll("-", "")}`;
  await withClient(server.url, (client) => client.query(`create database ${templateName}`));
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${templateName}`;
  const orm = await openOrm(templateUrl.href, entities, 2);
  await migrateSchema(orm, templateUrl.href);
  await orm.close();
  project.provide("databaseServerUrl", server.url);
  project.provide("templateName", templateName);
  return async () => {
    await dropDatabase(server.url, templateName);
    await server.stop();
  };
}

async function findServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") {
    return { url: given, stop: async () => {} };
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), "rehome-test-"));
  // Many servers run side by side here, each with pools of its own; those of a killed one stay for seconds.
  const embedded = await startEmbeddedPostgres({ dataDir, settings: { max_connections: 300 } });
  return {
    url: embedded.connectionString,
    async stop() {
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
