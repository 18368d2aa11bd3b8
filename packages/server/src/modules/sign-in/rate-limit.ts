import type { Pool } from "pg";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { consumeRateLimitStatement, type RateLimitRow } from "./sql/consume-rate-limit.ts";

/** better-auth's contract for a store of rate limits; `window` and `retryAfter` in seconds. */
export interface RateLimitStorage {
  consume(
    key: string,
    rule: { window: number; max: number },
  ): Promise<{ allowed: boolean; retryAfter: number | null }>;
}

/**
 * Rate limits in the database, so that all server processes count together. Ours instead of better-auth's own,
 * which takes two statements, counts against its own clock, extends the window with every request that passes (a busy
 * office would never get out of it) and puts its bigint times together as text.
 */
export function createRateLimitStorage(pool: Pool): RateLimitStorage {
  return {
    async consume(key, { window, max }) {
      const { rows } = await pool.query<RateLimitRow>(consumeRateLimitStatement.text, [key, window, max]);
      const [row] = rows;
      if (row === undefined) {
        throw new Error("The rate limit statement returned no row.");
      }
      const allowed = row.count <= max;
      return { allowed, retryAfter: allowed ? null : Math.max(1, Math.ceil(row.seconds_left)) };
    },
  };
}

/** The same count for a request with a connection of its own. Seconds to wait; null while there is nothing to wait for. */
export async function consumeRateLimit(
  em: StatementRunner,
  key: string,
  { window, max }: { window: number; max: number },
): Promise<number | null> {
  const [row] = await consumeRateLimitStatement.run(em, [key, window, max]);
  return row === undefined || row.count <= max ? null : Math.max(1, Math.ceil(row.seconds_left));
}
