import type { Express } from "express";
import { z } from "zod";
import { mountLinkRoute, type LinkRouteOptions } from "../../platform/http/link-route.ts";
import { confirmAddress, showAddressLink } from "./confirm-address.ts";
import type { ProductUserDeps } from "./product-user.service.ts";

export interface ProductUserRouteOptions extends ProductUserDeps, LinkRouteOptions {}

const shared = {
  schema: z.object({ token: z.string().min(1).max(100) }),
  wanted: "Send the link's token.",
  perMinute: 60,
};

/**
 * What somebody with the link of a bot's address does, signed in or not: POST /api/bot-address shows what it is about,
 * …/confirm confirms it.
 */
export function mountProductUserRoutes(app: Express, options: ProductUserRouteOptions): void {
  mountLinkRoute(app, options, {
    ...shared,
    path: "/api/bot-address",
    work: (em, { token }) => showAddressLink(em, token),
  });
  mountLinkRoute(app, options, {
    ...shared,
    path: "/api/bot-address/confirm",
    work: (em, { token }) => confirmAddress(em, options, token),
  });
}
