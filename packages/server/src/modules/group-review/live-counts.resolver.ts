import { Arg, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { coalescedSnapshots } from "../../platform/events/coalesce.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { SubscriptionContext } from "../../platform/graphql/context.ts";
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
    subscribe: ({ args, context }) => watch(args as Arguments, context as Context, sumOpenAttention),
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
    subscribe: ({ args, context }) => watch(args as Arguments, context as Context, countWaitingGroups),
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

/** Each value is counted for the roles of that moment; the stream ends with the session and with the last role. */
async function watch(
  { organizationId }: Arguments,
  context: Context,
  count: Count,
): Promise<AsyncIterable<number>> {
  insistOnReader(await context.refreshActor(), organizationId);
  return coalescedSnapshots<number>({
    bus: context.bus,
    topics: [organizationTopic(organizationId)],
    read: async () => {
      const actor = insistOnReader(await context.refreshActor(), organizationId);
      return count(context.fork(), organizationId, narrowingSites(actor, organizationId));
    },
    keyOf: String,
    stillAllowed: async () => {
      const actor = await context.refreshActor();
      return actor !== null && canReadDirectory(actor, organizationId) === true;
    },
  });
}
