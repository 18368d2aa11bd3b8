import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";
import { readPeopleSearch } from "./people/people-search.ts";
import { readProductSearch } from "./products/product-search.ts";
import { readSiteSearch } from "./site-search.ts";

const organizationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization",
  component: lazyRouteComponent(() => import("./organization-page.tsx"), "OrganizationPage"),
});

const siteRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization/sites/$id",
  validateSearch: readSiteSearch,
  component: lazyRouteComponent(() => import("./site-page.tsx"), "SitePage"),
});

const importRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization/sites/$id/imports/$import",
  component: lazyRouteComponent(() => import("./import-page.tsx"), "ImportPage"),
});

const productRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization/products/$id",
  validateSearch: readProductSearch,
  component: lazyRouteComponent(() => import("./products/product-page.tsx"), "ProductPage"),
});

const productImportRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization/products/$id/imports/$import",
  component: lazyRouteComponent(() => import("./import-page.tsx"), "ImportPage"),
});

const peopleRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization/people",
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import("./people/people-page.tsx"), "PeoplePage"),
});

/** The routes of an organization: the organization, its people with roles, one site, one product, one uploaded file. */
export const organizationRoutes = [
  organizationRoute,
  peopleRoute,
  siteRoute,
  importRoute,
  productRoute,
  productImportRoute,
] as const;
