import { LogFeed } from "../../../platform/events/log-feed.ts";
import { SnapshotFeed } from "../../../platform/events/snapshot-feed.ts";
import type { FeedChoice } from "../../../platform/events/feed.ts";
import type { SubscriptionContext } from "../../../platform/graphql/context.ts";
import { migrationTopic } from "../engine/append-event.ts";
import { toMigrationRecord } from "../migration-record.ts";
import type { MigrationProgress } from "../migration-progress.types.ts";
import type { EventRow } from "../sql/list-events.ts";
import { loadMigrationsStatement } from "../sql/load-migrations.ts";
import { replayEventsStatement } from "../sql/replay-events.ts";
import { readLogBounds, toResyncError } from "./log-bounds.ts";
import { readProgress } from "./read-progress.ts";

const pageSize = 500;

type Source = Pick<SubscriptionContext, "feeds" | "fork" | "logger">;

/** The migration's log, from its oldest kept event on; `newest` is the number of an event that is in it. */
export function eventFeed(
  { feeds, fork, logger }: Source,
  migrationId: string,
  newest: number,
): FeedChoice<EventRow> {
  const key = `events:${migrationId}`;
  const makeFeed = (onIdle: () => void): LogFeed<EventRow> =>
    new LogFeed<EventRow>({
      key,
      bus: feeds.bus,
      topic: migrationTopic(migrationId),
      logger,
      start: newest,
      pageSize,
      read: async (after) => {
        const rows = await replayEventsStatement.run(fork(), [migrationId, after, pageSize]);
        return rows.map((row) => ({ position: row.sequence, value: row }));
      },
      describeGap: async (position) => toResyncError(position, await readLogBounds(fork(), migrationId)),
      onIdle,
    });
  return { key, open: () => feeds.open(key, makeFeed) };
}

/** Where the migration's run stands, at most twice a second. */
export function progressFeed(
  { feeds, fork, logger }: Source,
  migrationId: string,
): FeedChoice<MigrationProgress> {
  const key = `progress:${migrationId}`;
  const makeFeed = (onIdle: () => void): SnapshotFeed<MigrationProgress> =>
    new SnapshotFeed<MigrationProgress>({
      key,
      bus: feeds.bus,
      topics: [migrationTopic(migrationId)],
      logger,
      read: async () => {
        const em = fork();
        const [row] = await loadMigrationsStatement.run(em, [[migrationId]]);
        return row === undefined ? null : readProgress(em, toMigrationRecord(row));
      },
      keyOf: ({ sequence, state, processed, openAttention, stall }) =>
        [sequence, state, processed, openAttention, stall?.cause, stall?.reason].join(),
      onIdle,
    });
  return { key, open: () => feeds.open(key, makeFeed) };
}
