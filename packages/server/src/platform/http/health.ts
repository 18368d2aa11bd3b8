import type { Express } from "express";
import { statement, type StatementRunner } from "../database/statement.ts";

const readSchemaVersion = statement<{ name: string }>(
  "health.readSchemaVersion",
  "select name from schema_migration order by id desc limit 1",
);

/** What readiness depends on besides the database. */
export interface Readiness {
  /** Name of the schema migration that this program was written for. */
  schema: string;
  /** Whether the server is shutting down and takes no new work. */
  isDraining: () => boolean;
}

/**
 * GET /healthz: the process answers. GET /readyz: 200 when the database answers, its schema is this program's and the
 * server is not shutting down; 503 with the reason otherwise.
 */
export function mountHealth(app: Express, fork: () => StatementRunner, readiness: Readiness): void {
  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.get("/readyz", async (_request, response) => {
    const { schema, reason } = await look(fork, readiness);
    if (reason === null) {
      response.json({ status: "ok", schema });
    } else {
      response.status(503).json({ status: "unavailable", reason });
    }
  });
}

async function look(
  fork: () => StatementRunner,
  { schema: expected, isDraining }: Readiness,
): Promise<{ schema: string | null; reason: string | null }> {
  if (isDraining()) {
    return { schema: null, reason: "The server is shutting down." };
  }
  try {
    const [latest] = await readSchemaVersion.run(fork());
    const schema = latest?.name ?? null;
    const reason =
      schema === expected
        ? null
        : `The database has schema ${schema ?? "none"}, this program needs ${expected}.`;
    return { schema, reason };
  } catch {
    return { schema: null, reason: "The database does not answer." };
  }
}
