import pg from "pg";
import { surviveLostConnections } from "./platform/database/survive-lost-connections.ts";
import type { Logger } from "./platform/logging.ts";

/**
 * Sign-in has connections of its own: the ORM's give timestamps as text, while the sign-in library compares Dates,
 * and a long import must never keep people from signing in.
 */
export function openAuthPool(connectionString: string, logger: Logger): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 5, application_name: "rehome-sign-in" });
  return surviveLostConnections(pool, (error) =>
    logger.warn({ err: error }, "sign-in lost a database connection"),
  );
}
