import { Arg, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { FeedChoice } from "../../platform/events/feed.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { SubscriptionContext } from "../../platform/graphql/context.ts";
import { apiError, notFound } from "../../platform/graphql/errors.ts";
import { BeginsAt } from "../../platform/graphql/shareable.ts";
import { SharedSource } from "../../platform/graphql/shared-source.ts";
import { canReadMigration, type Actor } from "../sign-in/index.ts";
import { migrationTopic } from "./engine/append-event.ts";
import { joinsOn, readLogBounds, toResyncError } from "./live/log-bounds.ts";
import { eventFeed, progressFeed } from "./live/migration-feeds.ts";
import type { MigrationRecord } from "./migration-record.ts";
import { MigrationEventObject, MigrationProgress } from "./migration-progress.types.ts";
import { toEventType } from "./migration.view.ts";
import { findVisibleMigration } from "./migration.visibility.ts";
import type { EventRow } from "./sql/list-events.ts";

type Context = SubscriptionContext<Actor>;

/** What watchers of a run follow: every event without a gap, and coalesced progress. */
@Resolver()
export class MigrationLiveResolver {
  @Access("signed-in")
  @BeginsAt("afterSequence")
  @Subscription(() => MigrationEventObject, {
    description:
      "Every event after afterSequence from the log, then live, without a gap or a repeat. The error RESYNC when the log does not join on to that number: its extensions say oldestSequence and newestSequence; read the migration again, then follow on from one of them.",
    subscribe: ({ args, context }) => subscribeToEvents(args as EventArguments, context as Context),
  })
  migrationEvents(
    @Root() event: EventRow,
    @Arg("migrationId", () => ID, { description: "The migration." }) _migrationId: string,
    @Arg("afterSequence", () => Int, {
      nullable: true,
      defaultValue: 0,
      description: "Number of the last event you have.",
    })
    _afterSequence: number,
  ): MigrationEventObject {
    return toEventType(event);
  }

  @Access("signed-in")
  @Subscription(() => MigrationProgress, {
    description: "A snapshot at once, then at most two a second.",
    subscribe: ({ args, context }) =>
      subscribeToProgress(args as { migrationId: string }, context as Context),
  })
  migrationProgress(
    @Root() progress: MigrationProgress,
    @Arg("migrationId", () => ID, { description: "The migration." }) _migrationId: string,
  ): MigrationProgress {
    return progress;
  }
}

interface EventArguments {
  migrationId: string;
  afterSequence: number;
}

async function subscribeToEvents(
  { migrationId, afterSequence }: EventArguments,
  context: Context,
): Promise<SharedSource<Actor, EventRow>> {
  if (afterSequence < 0) {
    throw apiError("BAD_INPUT", "afterSequence: use 0 or the number of the last event you have.");
  }
  const migration = await requireReadable(context, migrationId);
  const bounds = await readLogBounds(context.fork(), migration.id);
  if (!joinsOn(afterSequence, bounds)) {
    throw toResyncError(afterSequence, bounds);
  }
  return sourceOf(context, migration, afterSequence, eventFeed(context, migration.id, bounds.newest));
}

async function subscribeToProgress(
  { migrationId }: { migrationId: string },
  context: Context,
): Promise<SharedSource<Actor, MigrationProgress>> {
  const migration = await requireReadable(context, migrationId);
  return sourceOf(context, migration, 0, progressFeed(context, migration.id));
}

async function requireReadable(context: Context, migrationId: string): Promise<MigrationRecord> {
  const actor = await context.refreshActor();
  const migration = actor === null ? null : await findVisibleMigration(context.fork(), actor, migrationId);
  if (migration === null) {
    throw notFound();
  }
  return migration;
}

/** One feed for everybody who may read the migration; its sites and organization never change. */
function sourceOf<Value>(
  context: Context,
  migration: MigrationRecord,
  start: number,
  choice: FeedChoice<Value>,
): SharedSource<Actor, Value> {
  const { id, organizationId, sourceSiteId, destinationSiteId } = migration;
  return new SharedSource({
    bus: context.feeds.bus,
    topics: [migrationTopic(id)],
    start,
    refreshActor: context.refreshActor,
    choose: (actor) =>
      canReadMigration(actor, { organizationId, sourceSiteId, destinationSiteId }) === true ? choice : null,
  });
}
