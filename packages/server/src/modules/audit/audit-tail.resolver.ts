import { Arg, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import { SnapshotFeed } from "../../platform/events/snapshot-feed.ts";
import type { FeedChoice } from "../../platform/events/feed.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { SubscriptionContext } from "../../platform/graphql/context.ts";
import { SharedSource } from "../../platform/graphql/shared-source.ts";
import { canAudit, type Actor } from "../sign-in/index.ts";
import { refuseStrangers } from "./refuse-strangers.ts";
import { readNewestStatement } from "./sql/read-newest.ts";

type Context = SubscriptionContext<Actor>;

/** How far the log goes, for pages that show its end. */
@Resolver()
export class AuditTailResolver {
  @Access("signed-in")
  @Subscription(() => Int, {
    description:
      "Number of the newest entry of the organization's audit log, at once and whenever there is another; 0 for none. For its organization admins.",
    subscribe: ({ args, context }) => follow(args as { organizationId: string }, context as Context),
  })
  auditTail(
    @Root() newest: number,
    @Arg("organizationId", () => ID, { description: "The organization." }) _organizationId: string,
  ): number {
    return newest;
  }
}

async function follow(
  { organizationId }: { organizationId: string },
  context: Context,
): Promise<SharedSource<Actor, number>> {
  refuseStrangers(await context.refreshActor(), organizationId);
  const choice = newestFeed(organizationId, context);
  return new SharedSource({
    bus: context.feeds.bus,
    topics: [topicOf(organizationId)],
    start: 0,
    refreshActor: context.refreshActor,
    choose: (actor) => (canAudit(actor, organizationId) === true ? choice : null),
  });
}

function newestFeed(organizationId: string, { feeds, fork, logger }: Context): FeedChoice<number> {
  const key = topicOf(organizationId);
  const makeFeed = (onIdle: () => void): SnapshotFeed<number> =>
    new SnapshotFeed<number>({
      key,
      bus: feeds.bus,
      topics: [key],
      logger,
      read: async () => (await readNewestStatement.run(fork(), [organizationId]))[0]?.newest ?? 0,
      keyOf: String,
      onIdle,
    });
  return { key, open: () => feeds.open(key, makeFeed) };
}

/** Announced by the database whenever it seals entries. */
function topicOf(organizationId: string): string {
  return `audit:${organizationId}`;
}
