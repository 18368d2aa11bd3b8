import { statement, type StatementRunner } from "./statement.ts";

// $1: "on" or "off"; until the transaction ends.
const allowWholeTables = statement(
  "platform.byIndexOnly",
  `select set_config('enable_hashjoin', $1, true), set_config('enable_mergejoin', $1, true), set_config('enable_seqscan', $1, true)`,
);

/**
 * Runs statements that touch the rows of one batch in large tables by look-ups in their indexes. Left alone, the
 * planner reads whole tables for a batch of some thousand people as soon as it estimates them a little too high.
 * Inside a transaction only; outside one it makes no difference.
 */
export async function byIndexOnly<T>(em: StatementRunner, work: () => Promise<T>): Promise<T> {
  await allowWholeTables.run(em, ["off"]);
  const result = await work();
  await allowWholeTables.run(em, ["on"]);
  return result;
}
