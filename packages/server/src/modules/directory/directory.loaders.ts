import type DataLoader from "dataloader";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { Account } from "./account.entity.ts";
import { toOrganization, toProduct, toProject, toRole, toSite } from "./directory.view.ts";
import { Organization } from "./organization.entity.ts";
import type {
  OrganizationType,
  PersonRefType,
  ProductType,
  RoleAssignmentType,
} from "./organization.types.ts";
import { Product } from "./product.entity.ts";
import { RoleAssignment } from "./role-assignment.entity.ts";
import { ServiceProject } from "./service-project.entity.ts";
import { Site } from "./site.entity.ts";
import type { ServiceProjectType, SiteType } from "./site.types.ts";

// Loaders read by id and ask nobody's permission: they complete objects that an authorized resolver handed out.
// They pass by the identity map, because statements change rows behind its back.
const fresh = { disableIdentityMap: true } as const;

/** Sites by id. */
export function loadSites(context: RequestContext): DataLoader<string, SiteType | null> {
  return loader(context, "directory.sites", async (ids) => {
    const sites = await context.em.find(Site, { id: { $in: [...ids] } }, fresh);
    return new Map(sites.map((site) => [site.id, toSite(site)]));
  });
}

/** Organizations by id. */
export function loadOrganizations(context: RequestContext): DataLoader<string, OrganizationType | null> {
  return loader(context, "directory.organizations", async (ids) => {
    const organizations = await context.em.find(Organization, { id: { $in: [...ids] } }, fresh);
    return new Map(organizations.map((organization) => [organization.id, toOrganization(organization)]));
  });
}

/** Products by id. */
export function loadProducts(context: RequestContext): DataLoader<string, ProductType | null> {
  return loader(context, "directory.products", async (ids) => {
    const products = await context.em.find(Product, { id: { $in: [...ids] } }, fresh);
    return new Map(products.map((product) => [product.id, toProduct(product)]));
  });
}

/** Accounts, as others mention them, by id. */
export function loadPersonRefs(context: RequestContext): DataLoader<string, PersonRefType | null> {
  return loader(context, "directory.personRefs", async (ids) => {
    const accounts = await context.em.find(Account, { id: { $in: [...ids] } }, fresh);
    return new Map(accounts.map(({ id, email, name }) => [id, { id, email, name }]));
  });
}

/** The sites of organizations, by organization id, in the order of their names. */
export function loadSitesOf(context: RequestContext): DataLoader<string, SiteType[] | null> {
  return loader(context, "directory.sitesOf", async (ids) => {
    const where = { organizationId: { $in: [...ids] } };
    const sites = await context.em.find(Site, where, { ...fresh, orderBy: { name: "asc", id: "asc" } });
    return groupBy(sites.map(toSite), (site) => site.organizationId);
  });
}

/** The products of organizations, by organization id. */
export function loadProductsOf(context: RequestContext): DataLoader<string, ProductType[] | null> {
  return loader(context, "directory.productsOf", async (ids) => {
    const where = { organizationId: { $in: [...ids] } };
    const products = await context.em.find(Product, where, { ...fresh, orderBy: { name: "asc", id: "asc" } });
    return groupBy(products, (product) => product.organizationId, toProduct);
  });
}

/** The products on sites, by site id. */
export function loadSiteProducts(context: RequestContext): DataLoader<string, ProductType[] | null> {
  return loader(context, "directory.siteProducts", async (ids) => {
    const where = { siteId: { $in: [...ids] } };
    const products = await context.em.find(Product, where, { ...fresh, orderBy: { name: "asc", id: "asc" } });
    return groupBy(products, (product) => product.siteId ?? "", toProduct);
  });
}

/** The service projects of sites, by site id, in the order of their keys. */
export function loadProjects(context: RequestContext): DataLoader<string, ServiceProjectType[] | null> {
  return loader(context, "directory.projects", async (ids) => {
    const where = { siteId: { $in: [...ids] } };
    const projects = await context.em.find(ServiceProject, where, { ...fresh, orderBy: { key: "asc" } });
    return groupBy(projects, (project) => project.siteId, toProject);
  });
}

/** Organization admins, by organization id, in the order they were made. */
export function loadOrganizationAdmins(
  context: RequestContext,
): DataLoader<string, RoleAssignmentType[] | null> {
  return loader(context, "directory.organizationAdmins", async (ids) => {
    const where = { role: "ORGANIZATION_ADMIN" as const, organizationId: { $in: [...ids] } };
    const roles = await context.em.find(RoleAssignment, where, { ...fresh, orderBy: { id: "asc" } });
    return groupBy(roles, (role) => role.organizationId, toRole);
  });
}

/** Site admins, by site id, in the order they were made. */
export function loadSiteAdmins(context: RequestContext): DataLoader<string, RoleAssignmentType[] | null> {
  return loader(context, "directory.siteAdmins", async (ids) => {
    const where = { role: "SITE_ADMIN" as const, siteId: { $in: [...ids] } };
    const roles = await context.em.find(RoleAssignment, where, { ...fresh, orderBy: { id: "asc" } });
    return groupBy(roles, (role) => role.siteId ?? "", toRole);
  });
}

/** Every role of accounts, by account id and over all organizations: show only those the viewer may see. */
export function loadRolesOf(context: RequestContext): DataLoader<string, RoleAssignmentType[] | null> {
  return loader(context, "directory.rolesOf", async (ids) => {
    const where = { accountId: { $in: [...ids] } };
    const roles = await context.em.find(RoleAssignment, where, { ...fresh, orderBy: { id: "asc" } });
    return groupBy(roles, (role) => role.accountId, toRole);
  });
}

function groupBy<Row, Value = Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  valueOf: (row: Row) => Value = (row) => row as unknown as Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) {
      groups.set(keyOf(row), [valueOf(row)]);
    } else {
      group.push(valueOf(row));
    }
  }
  return groups;
}
