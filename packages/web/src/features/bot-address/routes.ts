import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app-route.tsx";

const botAddressRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/bot-address/$token",
  component: lazyRouteComponent(() => import("./bot-address-page.tsx"), "BotAddressPage"),
});

/** The route that the mail about a bot's address leads to, outside the shell: its reader may have no account. */
export const botAddressRoutes = [botAddressRoute] as const;
