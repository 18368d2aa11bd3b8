import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { belongsToOrganization, isOrganizationAdmin, type Actor } from "../sign-in/index.ts";
import {
  loadOrganizationAdmins,
  loadOrganizations,
  loadPersonRefs,
  loadProducts,
  loadProductsOf,
  loadSites,
  loadSitesOf,
} from "./directory.loaders.ts";
import { OrganizationType, PersonRefType, ProductType, RoleAssignmentType } from "./organization.types.ts";
import { SiteType } from "./site.types.ts";
import { listClaimedDomainsStatement } from "./sql/list-claimed-domains.ts";

/** Organizations, for everybody who has a role there. */
@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @Access("signed-in")
  @Query(() => OrganizationType, {
    nullable: true,
    description: "An organization in which the viewer has a role; null otherwise.",
  })
  async organization(
    @Ctx() context: RequestContext<Actor>,
    @Arg("id", () => ID, { description: "The organization." }) id: string,
  ): Promise<OrganizationType | null> {
    const belongs = context.actor !== null && belongsToOrganization(context.actor, id);
    return belongs ? loadOrganizations(context).load(id) : null;
  }

  @FieldResolver(() => [SiteType], { description: "Its sites, by name." })
  async sites(@Root() root: OrganizationType, @Ctx() context: RequestContext<Actor>): Promise<SiteType[]> {
    return (await loadSitesOf(context).load(root.id)) ?? [];
  }

  @FieldResolver(() => [ProductType], { description: "Its products, on sites and hosted." })
  async products(
    @Root() root: OrganizationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<ProductType[]> {
    return (await loadProductsOf(context).load(root.id)) ?? [];
  }

  @FieldResolver(() => [String], { description: "Domains whose accounts it manages." })
  async claimedDomains(
    @Root() root: OrganizationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<string[]> {
    const domains = loader(context, "directory.claimedDomains", async (ids) => {
      const rows = await listClaimedDomainsStatement.run(context.em, [ids]);
      return new Map(rows.map((row) => [row.organizationId, row.domains]));
    });
    return (await domains.load(root.id)) ?? [];
  }

  @FieldResolver(() => [RoleAssignmentType], { description: "Its organization admins." })
  async admins(
    @Root() root: OrganizationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<RoleAssignmentType[]> {
    return (await loadOrganizationAdmins(context).load(root.id)) ?? [];
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer is an organization admin here." })
  viewerCanAdminister(@Root() root: OrganizationType, @Ctx() context: RequestContext<Actor>): boolean {
    return context.actor !== null && isOrganizationAdmin(context.actor, root.id);
  }
}

/** Where a product runs. */
@Resolver(() => ProductType)
export class ProductResolver {
  @FieldResolver(() => SiteType, { nullable: true, description: "The site it is on; null when hosted." })
  async site(@Root() root: ProductType, @Ctx() context: RequestContext<Actor>): Promise<SiteType | null> {
    return root.siteId === null ? null : loadSites(context).load(root.siteId);
  }
}

/** Who holds a role, and where. */
@Resolver(() => RoleAssignmentType)
export class RoleAssignmentResolver {
  @FieldResolver(() => PersonRefType, { description: "Who holds it." })
  async account(
    @Root() root: RoleAssignmentType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonRefType | null> {
    return loadPersonRefs(context).load(root.accountId);
  }

  @FieldResolver(() => SiteType, { nullable: true, description: "The site of a site admin." })
  async site(
    @Root() root: RoleAssignmentType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<SiteType | null> {
    return root.siteId === null ? null : loadSites(context).load(root.siteId);
  }

  @FieldResolver(() => ProductType, {
    nullable: true,
    description: "The product of an owner or product admin.",
  })
  async product(
    @Root() root: RoleAssignmentType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<ProductType | null> {
    return root.productId === null ? null : loadProducts(context).load(root.productId);
  }
}
