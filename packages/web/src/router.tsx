import { createRouter } from "@tanstack/react-router";
import { appRoute, rootRoute } from "./app-route.tsx";
import { accountsRoutes } from "./features/accounts/routes.ts";
import { apiExplorerRoutes } from "./features/api-explorer/routes.ts";
import { apiTokensRoutes } from "./features/api-tokens/routes.ts";
import { auditRoutes } from "./features/audit/routes.ts";
import { botAddressRoutes } from "./features/bot-address/routes.ts";
import { groupsRoutes } from "./features/groups/routes.ts";
import { meRoutes } from "./features/me/routes.ts";
import { meEmailRoutes } from "./features/me-email/routes.ts";
import { meServicesRoutes } from "./features/me-services/routes.ts";
import { invitationRoutes } from "./features/invitation/routes.ts";
import { migrationsRoutes } from "./features/migrations/routes.ts";
import { myWorkRoutes } from "./features/my-work/routes.ts";
import { organizationRoutes } from "./features/organization/routes.ts";
import { securityRoutes } from "./features/security/routes.ts";
import { recoveryRoutes } from "./features/recovery/routes.ts";
import { outboxRoutes } from "./features/outbox/routes.ts";
import { signInRoutes } from "./features/sign-in/routes.ts";

const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  ...recoveryRoutes,
  ...outboxRoutes,
  ...invitationRoutes,
  ...botAddressRoutes,
  appRoute.addChildren([
    ...myWorkRoutes,
    ...migrationsRoutes,
    ...groupsRoutes,
    ...accountsRoutes,
    ...organizationRoutes,
    ...auditRoutes,
    ...apiExplorerRoutes,
    ...apiTokensRoutes,
    ...securityRoutes,
    ...meRoutes,
    ...meEmailRoutes,
    ...meServicesRoutes,
  ]),
]);

/** The application's one router; features add their routes above, one line each. */
export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
