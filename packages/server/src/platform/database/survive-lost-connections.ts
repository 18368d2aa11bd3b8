import type { Pool, PoolClient } from "pg";

/**
 * Keeps the process alive and its pool whole when the database ends connections.
 *
 * A connection that breaks between two statements of a transaction has nobody to tell, and an error event without a
 * listener ends the process; the next statement on it fails anyway and says so. And one that breaks at the very
 * start of a transaction is never given back by the query builder: it would be missing from the pool for good, so the
 * pool takes back by itself what is broken. Giving it back once more does nothing.
 */
export function surviveLostConnections(pool: Pool, onLost: (error: Error) => void = () => {}): Pool {
  pool.on("error", onLost);
  // Opening the ORM has connected once already; the pool has no public list of what it holds.
  const { _clients: open } = pool as unknown as { _clients: PoolClient[] };
  open.forEach(survive);
  pool.on("connect", survive);
  return pool;
}

function survive(client: PoolClient): void {
  client.on("error", () => {});
  const giveBack = releaseOnce(client);
  client.on("end", () => giveBack(true));
}

type Release = PoolClient["release"];

/** The pool sets `release` anew each time it lends the connection; whatever it sets then works once. */
function releaseOnce(client: PoolClient): Release {
  let current: Release = () => {};
  Object.defineProperty(client, "release", {
    get: () => current,
    set: (release: Release) => {
      let released = false;
      current = (error) => {
        if (!released) {
          released = true;
          release(error);
        }
      };
    },
  });
  return (error) => current(error);
}
