import type { Pool } from "pg";

/**
 * Keeps the process alive when the database ends connections: a connection that breaks between two statements of a
 * transaction has nobody to tell, and an error event without a listener ends the process. The next statement on it
 * fails anyway and says so.
 */
export function surviveLostConnections(pool: Pool, onLost: (error: Error) => void = () => {}): Pool {
  pool.on("error", onLost);
  pool.on("connect", (client) => {
    client.on("error", () => {});
  });
  return pool;
}
