import { Ctx, Query, Resolver } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { listClosingsToDecide } from "../closing/index.ts";
import { loadImportedGroups } from "../group-review/index.ts";
import { loadImportFiles } from "../import/index.ts";
import { actorOf, loadMigrationRecord, toMigrationType, type MigrationType } from "../migration/index.ts";
import { listRequestsToDecide } from "../roles/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { MyWorkType } from "./my-work.types.ts";
import { findWorkOfViewerStatement } from "./sql/find-work-of-viewer.ts";

/** The first page: what waits for the viewer, in one statement and the loaders of what it found. */
@Resolver(() => MyWorkType)
export class MyWorkResolver {
  @Access("signed-in")
  @Query(() => MyWorkType, { description: "What waits for the viewer." })
  async myWork(@Ctx() context: RequestContext<Actor>): Promise<MyWorkType> {
    const { grants } = actorOf(context);
    const organizations = [...new Set(grants.map((grant) => grant.organizationId))];
    const sites = grants.flatMap((grant) =>
      grant.role === "SITE_ADMIN" && grant.siteId !== null ? [grant.siteId] : [],
    );
    const products = grants.flatMap((grant) =>
      (grant.role === "PRODUCT_OWNER" || grant.role === "PRODUCT_ADMIN") && grant.productId !== null
        ? [grant.productId]
        : [],
    );
    const whole = grants.flatMap((grant) =>
      grant.role === "ORGANIZATION_ADMIN" ? [grant.organizationId] : [],
    );
    const [work] = await findWorkOfViewerStatement.run(context.em, [organizations, sites, whole, products]);
    if (work === undefined) {
      throw new Error("The work statement always answers one row");
    }
    const [
      running,
      waitingForApproval,
      attentionMigrations,
      groupsToReview,
      recentImports,
      accessRequests,
      closingRequests,
    ] = await Promise.all([
      loadMigrations(context, work.runningIds),
      loadMigrations(context, work.waitingIds),
      loadMigrations(context, work.attentionIds),
      loadImportedGroups(context, work.groupIds),
      loadImportFiles(context, work.importIds),
      listRequestsToDecide(context),
      listClosingsToDecide(context),
    ]);
    return {
      running,
      waitingForApproval,
      attentionMigrations,
      groupsToReview,
      recentImports,
      accessRequests,
      closingRequests,
      openAttention: work.openAttention,
    };
  }
}

async function loadMigrations(
  context: RequestContext<Actor>,
  ids: readonly string[],
): Promise<MigrationType[]> {
  const records = await Promise.all(ids.map((id) => loadMigrationRecord(context, id)));
  return records.flatMap((record) => (record === null ? [] : [toMigrationType(record)]));
}
