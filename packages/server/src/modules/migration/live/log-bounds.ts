import type { GraphQLError } from "graphql";
import type { StatementRunner } from "../../../platform/database/statement.ts";
import { apiError, notFound } from "../../../platform/graphql/errors.ts";
import { readLogBoundsStatement, type LogBounds } from "../sql/read-log-bounds.ts";

/** Which numbers the migration's log holds. NOT_FOUND when the migration is gone. */
export async function readLogBounds(em: StatementRunner, migrationId: string): Promise<LogBounds> {
  const [bounds] = await readLogBoundsStatement.run(em, [migrationId]);
  if (bounds === undefined) {
    throw notFound();
  }
  return bounds;
}

/** Whether the log has everything after this number: it is neither before the oldest event nor after the newest. */
export function joinsOn(afterSequence: number, { oldest, newest }: LogBounds): boolean {
  return afterSequence >= oldest - 1 && afterSequence <= newest;
}

/** What a reader is told whose number the log does not join on to; `oldestSequence` and `newestSequence` for programs. */
export function toResyncError(afterSequence: number, { oldest, newest }: LogBounds): GraphQLError {
  const problem =
    afterSequence > newest
      ? `There is no event ${afterSequence}: the newest is ${newest}.`
      : `Events after ${afterSequence} are no longer kept: the oldest is ${oldest}.`;
  return apiError(
    "RESYNC",
    `${problem} Read the migration again, then follow its events after ${newest}, or after ${oldest - 1} for all that are kept.`,
    { oldestSequence: oldest, newestSequence: newest },
  );
}
