import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app-route.tsx";

/** `for` says what the mail is to be for. */
const recoverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/recover",
  validateSearch: (search: Record<string, unknown>): { for?: "confirm" } =>
    search.for === "confirm" ? { for: "confirm" } : {},
  component: lazyRouteComponent(() => import("./recover-page.tsx"), "RecoverPage"),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/recover/$secret",
  component: lazyRouteComponent(() => import("./password-pages.tsx"), "ResetPage"),
});

const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/verify/$secret",
  component: lazyRouteComponent(() => import("./password-pages.tsx"), "VerifyPage"),
});

const finishRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/finish/$secret",
  component: lazyRouteComponent(() => import("./password-pages.tsx"), "FinishPage"),
});

const changeEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/change-email/$secret",
  component: lazyRouteComponent(() => import("./email-link-pages.tsx"), "ConfirmEmailPage"),
});

const notMeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/not-me/$secret",
  component: lazyRouteComponent(() => import("./email-link-pages.tsx"), "NotMePage"),
});

const connectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/connect/$secret",
  component: lazyRouteComponent(() => import("./connect-page.tsx"), "ConnectPage"),
});

/** The routes of who cannot sign in, and of the links in mails; outside the shell. */
export const recoveryRoutes = [
  recoverRoute,
  resetRoute,
  verifyRoute,
  finishRoute,
  changeEmailRoute,
  notMeRoute,
  connectRoute,
] as const;
