import { statement, type StatementRunner } from "./statement.ts";

// $1: whether the planner may loop, "on" or "off"; until the transaction ends.
const allowNestedLoops = statement(
  "platform.withoutNestedLoops",
  `select set_config('enable_nestloop', $1, true)`,
);

/**
 * Runs statements that read whole sites with hash and merge joins. Right after an upload or a plan the tables have
 * no statistics yet; the planner then takes a site for a few rows and compares everybody with everybody (minutes
 * for 100,000 people, where hash joins take a second). Inside a transaction only; outside one it makes no difference.
 */
export async function withoutNestedLoops<T>(em: StatementRunner, work: () => Promise<T>): Promise<T> {
  await allowNestedLoops.run(em, ["off"]);
  const result = await work();
  await allowNestedLoops.run(em, ["on"]);
  return result;
}
