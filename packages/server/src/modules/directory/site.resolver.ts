import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { belongsToOrganization, isSiteAdmin, type Actor } from "../sign-in/index.ts";
import {
  loadOrganizations,
  loadProjects,
  loadSiteAdmins,
  loadSiteProducts,
  loadSites,
} from "./directory.loaders.ts";
import { insistOnReader } from "./directory.visibility.ts";
import { OrganizationType, ProductType, RoleAssignmentType } from "./organization.types.ts";
import { ServiceProjectType, SiteCountsType, SiteType } from "./site.types.ts";
import { countProjectUseStatement } from "./sql/count-project-use.ts";
import { countSiteStatement } from "./sql/count-site.ts";

/** Sites: their place for everybody of the organization, their people for those who read the directory. */
@Resolver(() => SiteType)
export class SiteResolver {
  @Access("signed-in")
  @Query(() => SiteType, {
    nullable: true,
    description: "A site of an organization in which the viewer has a role; null otherwise.",
  })
  async site(
    @Ctx() context: RequestContext<Actor>,
    @Arg("id", () => ID, { description: "The site." }) id: string,
  ): Promise<SiteType | null> {
    const site = await loadSites(context).load(id);
    const belongs =
      site !== null && context.actor !== null && belongsToOrganization(context.actor, site.organizationId);
    return belongs ? site : null;
  }

  @FieldResolver(() => OrganizationType, { description: "The organization it belongs to." })
  async organization(
    @Root() root: SiteType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<OrganizationType | null> {
    return loadOrganizations(context).load(root.organizationId);
  }

  @FieldResolver(() => [ProductType], { description: "Products on the site." })
  async products(@Root() root: SiteType, @Ctx() context: RequestContext<Actor>): Promise<ProductType[]> {
    return (await loadSiteProducts(context).load(root.id)) ?? [];
  }

  @FieldResolver(() => [ServiceProjectType], {
    description: "Its service projects, by key; for those who may read the directory.",
  })
  async projects(
    @Root() root: SiteType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<ServiceProjectType[]> {
    insistOnReader(context.actor, root.organizationId);
    return (await loadProjects(context).load(root.id)) ?? [];
  }

  @FieldResolver(() => [RoleAssignmentType], {
    description: "Its site admins; the organization's admins administer it too.",
  })
  async admins(@Root() root: SiteType, @Ctx() context: RequestContext<Actor>): Promise<RoleAssignmentType[]> {
    return (await loadSiteAdmins(context).load(root.id)) ?? [];
  }

  @FieldResolver(() => SiteCountsType, {
    description: "How many people and requests it has; for those who may read the directory.",
  })
  async counts(
    @Root() root: SiteType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<SiteCountsType | null> {
    insistOnReader(context.actor, root.organizationId);
    return loader(context, "directory.siteCounts", async (ids) => {
      const rows = await countSiteStatement.run(context.em, [ids]);
      return new Map(rows.map((row) => [row.siteId, row]));
    }).load(root.id);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer administers the site." })
  viewerCanAdminister(@Root() root: SiteType, @Ctx() context: RequestContext<Actor>): boolean {
    return context.actor !== null && isSiteAdmin(context.actor, root);
  }
}

/** How much a service project is used. */
@Resolver(() => ServiceProjectType)
export class ServiceProjectResolver {
  @FieldResolver(() => Int, { description: "Customers listed in it, of either type." })
  async listedCustomers(
    @Root() root: ServiceProjectType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<number> {
    return (await loadUse(context, root.id))?.listedCustomers ?? 0;
  }

  @FieldResolver(() => Int, { description: "Requests in it." })
  async requestCount(
    @Root() root: ServiceProjectType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<number> {
    return (await loadUse(context, root.id))?.requestCount ?? 0;
  }
}

function loadUse(
  context: RequestContext<Actor>,
  projectId: string,
): Promise<{ listedCustomers: number; requestCount: number } | null> {
  return loader(context, "directory.projectUse", async (ids) => {
    const rows = await countProjectUseStatement.run(context.em, [ids]);
    return new Map(rows.map((row) => [row.projectId, row]));
  }).load(projectId);
}
