import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loadPersonRefs, loadProfiles, PersonProfileType, PersonRefType } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { actorOf, loadItemProjects, loadMigrationRecord } from "./migration.context.ts";
import { MigrationItemConnection, MigrationItemType } from "./migration-item.types.ts";
import { mayMigrate } from "./migration.visibility.ts";
import { countItemsStatement } from "./sql/count-items.ts";

/** What an item points at: people on both sites and what the viewer may do about it. */
@Resolver(() => MigrationItemType)
export class MigrationItemResolver {
  @FieldResolver(() => [String], { description: "Source service projects that list the person." })
  async sourceProjects(
    @Root() root: MigrationItemType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<string[]> {
    return loadItemProjects(context, root.id);
  }

  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who settled it." })
  async resolvedBy(
    @Root() root: MigrationItemType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonRefType | null> {
    return root.row.resolvedBy === null ? null : loadPersonRefs(context).load(root.row.resolvedBy);
  }

  @FieldResolver(() => PersonProfileType, { nullable: true, description: "The person on the source." })
  async sourceIdentity(
    @Root() root: MigrationItemType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonProfileType | null> {
    const { sourceAccountId, sourcePortalCustomerId } = root.row;
    return profile(context, sourceAccountId ?? sourcePortalCustomerId);
  }

  @FieldResolver(() => PersonProfileType, {
    nullable: true,
    description: "The Atlassian account on the destination.",
  })
  async destinationAccount(
    @Root() root: MigrationItemType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonProfileType | null> {
    return profile(context, root.row.destinationAccountId);
  }

  @FieldResolver(() => PersonProfileType, {
    nullable: true,
    description: "The portal-only account on the destination.",
  })
  async destinationPortalCustomer(
    @Root() root: MigrationItemType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonProfileType | null> {
    return profile(context, root.row.destinationPortalCustomerId);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may upgrade this person now." })
  async viewerCanUpgrade(
    @Root() root: MigrationItemType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<boolean> {
    return ["UPGRADE", "UPGRADE_THEN_COPY_AGAIN"].includes(root.nextStep ?? "") && this.#open(root, context);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may review the imported group for this person.",
  })
  async viewerCanReviewGroup(
    @Root() root: MigrationItemType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<boolean> {
    return root.nextStep === "REVIEW_GROUP" && this.#open(root, context);
  }

  async #open(root: MigrationItemType, context: RequestContext<Actor>): Promise<boolean> {
    if (root.outcome !== "REQUIRES_ATTENTION" || root.row.resolvedAt !== null || root.row.undoneAt !== null) {
      return false;
    }
    const migration = await loadMigrationRecord(context, root.row.migrationId);
    return migration !== null && (await mayMigrate(context.em, actorOf(context), migration)) === true;
  }
}

/** The total is counted only when it is asked for. */
@Resolver(() => MigrationItemConnection)
export class MigrationItemConnectionResolver {
  @FieldResolver(() => Int, { description: "Items that match." })
  async totalCount(
    @Root() root: MigrationItemConnection,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<number> {
    const [row] = await countItemsStatement.run(context.em, root.filterParameters);
    return row?.count ?? 0;
  }
}

function profile(context: RequestContext<Actor>, id: string | null): Promise<PersonProfileType | null> {
  return id === null ? Promise.resolve(null) : loadProfiles(context).load(id);
}
