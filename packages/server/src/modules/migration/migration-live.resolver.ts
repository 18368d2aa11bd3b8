import { Arg, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import { coalescedSnapshots } from "../../platform/events/coalesce.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { SubscriptionContext } from "../../platform/graphql/context.ts";
import { apiError, notFound } from "../../platform/graphql/errors.ts";
import type { Actor } from "../sign-in/index.ts";
import { migrationTopic } from "./engine/append-event.ts";
import { readProgress } from "./live/read-progress.ts";
import { streamEvents } from "./live/stream-events.ts";
import { MigrationEventObject, MigrationProgress } from "./migration-progress.types.ts";
import { toEventType } from "./migration.view.ts";
import { findVisibleMigration } from "./migration.visibility.ts";
import type { EventRow } from "./sql/list-events.ts";

type Context = SubscriptionContext<Actor>;

/** What watchers of a run follow: every event without a gap, and coalesced progress. */
@Resolver()
export class MigrationLiveResolver {
  @Access("signed-in")
  @Subscription(() => MigrationEventObject, {
    description: "Every event after afterSequence from the log, then live, without a gap or a repeat.",
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

async function subscribeToEvents(args: EventArguments, context: Context): Promise<AsyncIterable<EventRow>> {
  if (args.afterSequence < 0) {
    throw apiError("BAD_INPUT", "afterSequence: use 0 or the number of the last event you have.");
  }
  const stillAllowed = await allowance(context, args.migrationId);
  return streamEvents({ fork: context.fork, bus: context.bus, ...args, stillAllowed });
}

async function subscribeToProgress(
  { migrationId }: { migrationId: string },
  context: Context,
): Promise<AsyncIterable<MigrationProgress>> {
  const stillAllowed = await allowance(context, migrationId);
  return coalescedSnapshots<MigrationProgress>({
    bus: context.bus,
    topics: [migrationTopic(migrationId)],
    stillAllowed,
    read: async () => {
      const em = context.fork();
      const actor = await context.refreshActor();
      const migration = actor === null ? null : await findVisibleMigration(em, actor, migrationId);
      if (migration === null) {
        throw notFound();
      }
      return readProgress(em, migration);
    },
    keyOf: ({ sequence, state, processed, openAttention, stalled }) =>
      [sequence, state, processed, openAttention, stalled].join(),
  });
}

/** Refuses at once who may not read the migration; the answer re-checks session and roles each time it is called. */
async function allowance(context: Context, migrationId: string): Promise<() => Promise<boolean>> {
  const stillAllowed = async (): Promise<boolean> => {
    const actor = await context.refreshActor();
    return actor !== null && (await findVisibleMigration(context.fork(), actor, migrationId)) !== null;
  };
  if (!(await stillAllowed())) {
    throw notFound();
  }
  return stillAllowed;
}
