import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";

const organizationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization",
  component: lazyRouteComponent(() => import("./organization-page.tsx"), "OrganizationPage"),
});

const siteRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization/sites/$id",
  component: lazyRouteComponent(() => import("./site-page.tsx"), "SitePage"),
});

const importRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization/sites/$id/imports/$import",
  component: lazyRouteComponent(() => import("./import-page.tsx"), "ImportPage"),
});

/** The routes of an organization: the organization, one site, one uploaded file. */
export const organizationRoutes = [organizationRoute, siteRoute, importRoute] as const;
