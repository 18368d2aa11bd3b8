import type DataLoader from "dataloader";
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { PersonProfileType, ViewerType } from "../directory/index.ts";
import { actorOf } from "../roles/index.ts";
import { isOrganizationAdmin, type Actor } from "../sign-in/index.ts";
import { describeHandOver, listConcerned, listHandOver, nameDeciders, whoDecides } from "./closing-rules.ts";
import { AccountClosingType, ClosingOutlookType } from "./closing.types.ts";
import { toAccountClosing } from "./closing.view.ts";
import { mayReopen } from "./reopen-account.ts";
import { findClosedStatement, type ClosedAccountRow } from "./sql/find-closed.ts";
import { findClosingOfStatement } from "./sql/find-closing-of.ts";

type Context = RequestContext<Actor>;

/** The closing of the viewer's own account. */
@Resolver(() => ViewerType)
export class ViewerClosingResolver {
  @FieldResolver(() => AccountClosingType, {
    nullable: true,
    description: "Their newest request to close their account; null without one, and for API tokens.",
  })
  async closing(@Root() _root: ViewerType, @Ctx() context: Context): Promise<AccountClosingType | null> {
    const { accountId, token } = actorOf(context);
    const [closing] = token === undefined ? await findClosingOfStatement.run(context.em, [accountId]) : [];
    return closing === undefined ? null : toAccountClosing(context.em, closing);
  }

  @FieldResolver(() => ClosingOutlookType, {
    nullable: true,
    description: "What asking for their account to be closed would mean; null for API tokens.",
  })
  async closingOutlook(
    @Root() _root: ViewerType,
    @Ctx() context: Context,
  ): Promise<ClosingOutlookType | null> {
    const { accountId, token } = actorOf(context);
    if (token !== undefined) {
      return null;
    }
    const [concerned, handOver] = await Promise.all([
      listConcerned(context.em, accountId),
      listHandOver(context.em, accountId),
    ]);
    const asked = whoDecides(concerned);
    return {
      handOver: handOver.map(describeHandOver),
      organizations: asked.map(({ organizationName }) => organizationName),
      deciders: asked.flatMap(nameDeciders),
    };
  }
}

/** What a profile says of a closed account. */
@Resolver(() => PersonProfileType)
export class ProfileClosingResolver {
  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "When the account was closed by request; null for every other.",
  })
  async closedAt(@Root() root: PersonProfileType, @Ctx() context: Context): Promise<Date | null> {
    const closed = await loadClosed(context).load(root.id);
    return closed === null ? null : new Date(closed.closedAt);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The organization in whose name the viewer may open the closed account again; null where they may not.",
  })
  async reopeningOrganizationId(
    @Root() root: PersonProfileType,
    @Ctx() context: Context,
  ): Promise<string | null> {
    return findReopener(context, root.id);
  }
}

async function findReopener(context: Context, accountId: string): Promise<string | null> {
  const closed = await loadClosed(context).load(accountId);
  const actor = actorOf(context);
  const own = actor.grants.find(
    ({ organizationId }) =>
      closed !== null && isOrganizationAdmin(actor, organizationId) && mayReopen(closed, organizationId),
  );
  return own?.organizationId ?? null;
}

function loadClosed(context: Context): DataLoader<string, ClosedAccountRow | null> {
  return loader(context, "closing.closed", async (ids) => {
    const rows = await findClosedStatement.run(context.em, [ids]);
    return new Map(rows.map((row) => [row.accountId, row]));
  });
}
