import { Arg, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { SnapshotFeed } from "../../platform/events/snapshot-feed.ts";
import type { FeedChoice } from "../../platform/events/feed.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { SubscriptionContext } from "../../platform/graphql/context.ts";
import { SharedSource } from "../../platform/graphql/shared-source.ts";
import { insistOnReader } from "../directory/index.ts";
import { organizationTopic } from "../migration/index.ts";
import { canReadDirectory, type Actor } from "../sign-in/index.ts";
import { narrowingSites } from "./group-review.visibility.ts";
import { countWaitingGroupsStatement } from "./sql/count-waiting-groups.ts";
import { sumOpenAttentionStatement } from "./sql/sum-open-attention.ts";

type Context = SubscriptionContext<Actor>;

/** The counters beside the navigation: at once, and whenever they change. */
@Resolver()
export class LiveCountsResolver {
  @Access("signed-in")
  @Subscription(() => Int, {
    description:
      "Open attention over the migrations the viewer may read in the organization, at once and whenever it changes.",
    subscribe: ({ args, context }) =>
      watch("attention", args as Arguments, context as Context, sumOpenAttention),
  })
  attentionCount(
    @Root() count: number,
    @Arg("organizationId", () => ID, { description: "The organization." }) _organizationId: string,
  ): number {
    return count;
  }

  @Access("signed-in")
  @Subscription(() => Int, {
    description:
      "Groups with members waiting on the sites the viewer administers in the organization, at once and whenever it changes.",
    subscribe: ({ args, context }) =>
      watch("groups", args as Arguments, context as Context, countWaitingGroups),
  })
  groupReviews(
    @Root() count: number,
    @Arg("organizationId", () => ID, { description: "The organization." }) _organizationId: string,
  ): number {
    return count;
  }
}

interface Arguments {
  organizationId: string;
}

/** Counts what is on the given sites, or on all sites of the organization for null. */
type Count = (em: StatementRunner, organizationId: string, siteIds: string[] | null) => Promise<number>;

const sumOpenAttention: Count = async (em, organizationId, siteIds) => {
  const [row] = await sumOpenAttentionStatement.run(em, [organizationId, siteIds]);
  return row?.count ?? 0;
};

const countWaitingGroups: Count = async (em, organizationId, siteIds) => {
  const [row] = await countWaitingGroupsStatement.run(em, [organizationId, siteIds]);
  return row?.count ?? 0;
};

/**
 * Everybody for whom the same sites count shares one feed; other roles mean another feed. The stream ends with the
 * session and with the last role.
 */
async function watch(
  name: string,
  { organizationId }: Arguments,
  context: Context,
  count: Count,
): Promise<SharedSource<Actor, number>> {
  insistOnReader(await context.refreshActor(), organizationId);
  return new SharedSource({
    bus: context.feeds.bus,
    topics: [organizationTopic(organizationId)],
    start: 0,
    refreshActor: context.refreshActor,
    choose: (actor) =>
      canReadDirectory(actor, organizationId) === true
        ? countFeed(name, organizationId, narrowingSites(actor, organizationId), context, count)
        : null,
  });
}

function countFeed(
  name: string,
  organizationId: string,
  siteIds: string[] | null,
  { feeds, fork, logger }: Context,
  count: Count,
): FeedChoice<number> {
  const key = `${name}:${organizationId}:${siteIds === null ? "every site" : siteIds.toSorted().join()}`;
  const makeFeed = (onIdle: () => void): SnapshotFeed<number> =>
    new SnapshotFeed<number>({
      key,
      bus: feeds.bus,
      topics: [organizationTopic(organizationId)],
      logger,
      read: () => count(fork(), organizationId, siteIds),
      keyOf: String,
      onIdle,
    });
  return { key, open: () => feeds.open(key, makeFeed) };
}
