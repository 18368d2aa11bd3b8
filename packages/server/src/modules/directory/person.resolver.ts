import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { AuditEntryType } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { loadPersonRefs, loadRolesOf, loadSites } from "./directory.loaders.ts";
import { PersonRefType, RoleAssignmentType } from "./organization.types.ts";
import {
  loadPersonHistory,
  loadPresences,
  loadProfiles,
  loadProjectReach,
  loadRequestReach,
  readableOrganizations,
} from "./person.loaders.ts";
import {
  PersonProfileType,
  ReachableProjectType,
  ReachableRequestType,
  SitePresenceType,
} from "./person.types.ts";
import { SiteType } from "./site.types.ts";

/** Profiles of people on the sites of organizations whose directory the viewer may read. */
@Resolver(() => PersonProfileType)
export class PersonResolver {
  @Access("signed-in")
  @Query(() => PersonProfileType, {
    nullable: true,
    description: "An Atlassian account that has to do with the viewer's organizations; null otherwise.",
  })
  async account(
    @Ctx() context: RequestContext<Actor>,
    @Arg("id", () => ID, { description: "The account." }) id: string,
  ): Promise<PersonProfileType | null> {
    const person = await loadProfiles(context).load(id);
    return person?.type === "ATLASSIAN_ACCOUNT" ? person : null;
  }

  @Access("signed-in")
  @Query(() => PersonProfileType, {
    nullable: true,
    description: "A portal-only account on a site of the viewer's organizations; null otherwise.",
  })
  async portalCustomer(
    @Ctx() context: RequestContext<Actor>,
    @Arg("id", () => ID, { description: "The portal-only account." }) id: string,
  ): Promise<PersonProfileType | null> {
    const person = await loadProfiles(context).load(id);
    return person?.type === "PORTAL_ONLY" ? person : null;
  }

  @FieldResolver(() => [SitePresenceType], {
    description: "Where this identity is present, on sites of the viewer's organizations.",
  })
  async presences(
    @Root() root: PersonProfileType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<SitePresenceType[]> {
    return (await loadPresences(context).load(root.id)) ?? [];
  }

  @FieldResolver(() => [RoleAssignmentType], { description: "Roles in the viewer's organizations." })
  async roles(
    @Root() root: PersonProfileType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<RoleAssignmentType[]> {
    const readable = readableOrganizations(context.actor);
    const roles = (await loadRolesOf(context).load(root.id)) ?? [];
    return roles.filter((role) => readable.includes(role.organizationId));
  }

  @FieldResolver(() => [AuditEntryType], {
    description:
      "The newest 50 changes of this person, newest first; for organization admins, empty for others.",
  })
  async history(
    @Root() root: PersonProfileType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<AuditEntryType[]> {
    return (await loadPersonHistory(context).load(root.id)) ?? [];
  }
}

/** What an identity reaches on one site. */
@Resolver(() => SitePresenceType)
export class SitePresenceResolver {
  @FieldResolver(() => SiteType, { description: "The site." })
  async site(
    @Root() root: SitePresenceType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<SiteType | null> {
    return loadSites(context).load(root.siteId);
  }

  @FieldResolver(() => [ReachableProjectType], { description: "Every service project of the site, by key." })
  async projects(
    @Root() root: SitePresenceType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<ReachableProjectType[]> {
    return loadProjectReach(context, root);
  }

  @FieldResolver(() => [ReachableRequestType], {
    description: "Requests this identity reported or takes part in: at most 50, newest first.",
  })
  async requests(
    @Root() root: SitePresenceType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<ReachableRequestType[]> {
    return loadRequestReach(context, root);
  }
}

/** Who made a change. It stands here because the log below knows people only by id. */
@Resolver(() => AuditEntryType)
export class AuditActorResolver {
  @FieldResolver(() => PersonRefType, {
    nullable: true,
    description: "Who did it; null when the program itself acted.",
  })
  async actor(
    @Root() root: AuditEntryType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonRefType | null> {
    return root.actorAccountId === null ? null : loadPersonRefs(context).load(root.actorAccountId);
  }
}
