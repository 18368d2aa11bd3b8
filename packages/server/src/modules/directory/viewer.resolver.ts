import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import { canAudit, canMigrate, isSiteAdmin, type Actor } from "../sign-in/index.ts";
import { loadOrganizations, loadPersonRefs, loadRolesOf, loadSitesOf } from "./directory.loaders.ts";
import { OrganizationType, PersonRefType, RoleAssignmentType } from "./organization.types.ts";
import { SiteType } from "./site.types.ts";
import { listViewerProjectsStatement } from "./sql/list-viewer-projects.ts";
import { listViewerRequestsStatement } from "./sql/list-viewer-requests.ts";
import { ViewerAccessType, ViewerType } from "./viewer.types.ts";

/** Requests that a person's own page shows at most. */
const mostRequests = 100;

/** The signed-in person: who they are, what they administer, what they reach. */
@Resolver(() => ViewerType)
export class ViewerResolver {
  @Access("signed-in")
  @Query(() => ViewerType, { description: "The signed-in person." })
  async viewer(@Ctx() context: RequestContext<Actor>): Promise<ViewerType> {
    const actor = actorOf(context);
    const organizationIds = organizationsOf(actor);
    const sites = (await sitesByOrganization(context)).map((group) => administered(actor, group));
    return {
      viewerCanAudit: organizationIds.some((id) => canAudit(actor, id) === true),
      // Sites are grouped by organization, and two administered ones of one group are enough.
      viewerCanMigrate: sites.some(
        ([source, destination]) =>
          source !== undefined &&
          destination !== undefined &&
          canMigrate(actor, source, destination) === true,
      ),
    };
  }

  @FieldResolver(() => PersonRefType, { description: "Their Atlassian account." })
  async account(@Ctx() context: RequestContext<Actor>): Promise<PersonRefType | null> {
    return loadPersonRefs(context).load(actorOf(context).accountId);
  }

  @FieldResolver(() => [OrganizationType], { description: "Organizations in which they have a role." })
  async organizations(@Ctx() context: RequestContext<Actor>): Promise<OrganizationType[]> {
    const ids = organizationsOf(actorOf(context));
    const organizations = await Promise.all(ids.map((id) => loadOrganizations(context).load(id)));
    return organizations
      .filter((organization) => organization !== null)
      .sort((a, b) => a.name.localeCompare(b.name, "en"));
  }

  @FieldResolver(() => [RoleAssignmentType], { description: "Every role they hold." })
  async roles(@Ctx() context: RequestContext<Actor>): Promise<RoleAssignmentType[]> {
    const { accountId, token } = actorOf(context);
    const roles = (await loadRolesOf(context).load(accountId)) ?? [];
    return token?.organizationId == null
      ? roles
      : roles.filter((role) => role.organizationId === token.organizationId);
  }

  @FieldResolver(() => [SiteType], {
    description: "Sites they administer, as site admin or through the organization.",
  })
  async adminSites(@Ctx() context: RequestContext<Actor>): Promise<SiteType[]> {
    const groups = await sitesByOrganization(context);
    return groups.flatMap((sites) => administered(actorOf(context), sites));
  }

  @FieldResolver(() => ViewerAccessType, {
    description:
      "What they reach on a site through their Atlassian account; an unknown site answers the same as one without access.",
  })
  async access(
    @Root() _root: ViewerType,
    @Ctx() context: RequestContext<Actor>,
    @Arg("siteUrlName", () => String, { description: "URL name of the site." }) siteUrlName: string,
  ): Promise<ViewerAccessType> {
    const { accountId, token } = actorOf(context);
    if (token?.organizationId != null) {
      const { organizationId } = token;
      const sites = (await loadSitesOf(context).load(organizationId)) ?? [];
      if (!sites.some((site) => site.urlName === siteUrlName)) {
        return { projects: [], requests: [] };
      }
    }
    const projects = await listViewerProjectsStatement.run(context.em, [siteUrlName, accountId]);
    const requests = await listViewerRequestsStatement.run(context.em, [
      siteUrlName,
      accountId,
      mostRequests,
    ]);
    return {
      projects: projects.map((project) => ({ ...project, reachable: true })),
      requests: requests.map(({ createdAt, ...request }) => ({
        ...request,
        reachable: true,
        createdAt: new Date(createdAt),
      })),
    };
  }
}

function actorOf(context: RequestContext<Actor>): Actor {
  if (context.actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  return context.actor;
}

function organizationsOf(actor: Actor): string[] {
  return [...new Set(actor.grants.map((grant) => grant.organizationId))];
}

async function sitesByOrganization(context: RequestContext<Actor>): Promise<SiteType[][]> {
  const ids = organizationsOf(actorOf(context));
  const groups = await Promise.all(ids.map((id) => loadSitesOf(context).load(id)));
  return groups.map((sites) => sites ?? []);
}

function administered(actor: Actor, sites: readonly SiteType[]): SiteType[] {
  return sites.filter((site) => isSiteAdmin(actor, site));
}
