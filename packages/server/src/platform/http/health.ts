import type { Express } from "express";
import { statement, type StatementRunner } from "../database/statement.ts";

const readSchemaVersion = statement<{ name: string }>(
  "health.readSchemaVersion",
  "select name from schema_migration order by id desc limit 1",
);

/** GET /healthz: the process answers. GET /readyz: the database answers and has a schema; 503 otherwise. */
export function mountHealth(app: Express, fork: () => StatementRunner): void {
  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.get("/readyz", async (_request, response) => {
    try {
      const [latest] = await readSchemaVersion.run(fork());
      response.json({ status: "ok", schema: latest?.name ?? null });
    } catch {
      response.status(503).json({ status: "unavailable", reason: "The database does not answer." });
    }
  });
}
