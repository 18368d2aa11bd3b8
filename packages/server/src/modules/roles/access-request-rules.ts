import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { refuse } from "../../platform/refusal.ts";
import type { Actor } from "../sign-in/index.ts";
import { wishWords } from "./place.ts";
import { holdsAlready, type Wish, type WishPlace } from "./role-policy.ts";
import { giveRole } from "./role.service.ts";
import { findProductStatement } from "./sql/find-product.ts";
import { findSiteStatement } from "./sql/find-site.ts";
import { joinSiteStatement } from "./sql/join-site.ts";
import { lookAtPresenceStatement } from "./sql/look-at-presence.ts";
import type { RequestRow } from "./sql/request-columns.ts";

/** What is asked for, as the API takes it. */
export interface AccessWish {
  wish: Wish;
  siteId?: string | null;
  productId?: string | null;
  reason: string;
}

/** Which place is meant; NOT_FOUND when it does not exist, and later for strangers. */
export async function findWishPlace(
  em: EntityManager,
  { productId, siteId, wish }: AccessWish,
): Promise<WishPlace> {
  const isOfProduct = wish === "PRODUCT_ADMIN";
  const [found] = isOfProduct
    ? await findProductStatement.run(em, [productId ?? null])
    : await findSiteStatement.run(em, [siteId ?? null]);
  if (found === undefined) {
    throw notFound();
  }
  return {
    wish,
    organizationId: found.organizationId,
    siteId: isOfProduct ? null : (siteId ?? null),
    productId: isOfProduct ? (productId ?? null) : null,
  };
}

/** Refused when the actor has what they ask for. */
export async function insistOnNeed(
  tx: EntityManager,
  actor: Actor,
  place: WishPlace,
  where: string,
): Promise<void> {
  const { productId, siteId, wish } = place;
  if (wish === "SITE_ACCESS") {
    const [presence] = await lookAtPresenceStatement.run(tx, [siteId, actor.accountId]);
    if (presence?.active === true) {
      refuse("ALREADY_DONE", `You are on ${where} already.`);
    }
    return;
  }
  const owns = { role: "PRODUCT_OWNER" as const, organizationId: place.organizationId, siteId, productId };
  if (holdsAlready(actor, { ...place, role: wish }) || (productId !== null && holdsAlready(actor, owns))) {
    refuse("ALREADY_DONE", `You have ${wishWords[wish]} ${where} already.`);
  }
}

/** Gives what was asked for; refused where that would cut somebody off. */
export async function grantWish(tx: EntityManager, request: RequestRow, where: string): Promise<void> {
  const { accountId, organizationId, productId, siteId, wish } = request;
  if (wish !== "SITE_ACCESS") {
    await giveRole(tx, accountId, { role: wish, organizationId, siteId, productId });
    return;
  }
  const [presence] = await lookAtPresenceStatement.run(tx, [siteId, accountId]);
  // Signing in resolves to the account where both stand, so their requests would be out of reach.
  if (presence?.portalOnly === true) {
    refuse(
      "INVALID_STATE",
      `They have a portal-only account on ${where}. With an Atlassian account beside it they would lose reach of its requests. Upgrade the portal-only account instead, or decline.`,
    );
  }
  await joinSiteStatement.run(tx, [siteId, accountId]);
}

/** The trimmed words; refused when there are none or too many. */
export function readReason(raw: string, ask: string): string {
  const reason = raw.trim();
  if (reason.length < 1 || reason.length > 500) {
    refuse("INVALID_INPUT", `${ask === "" ? "Give a reason" : ask}, in 1 to 500 characters.`, {
      field: "reason",
    });
  }
  return reason;
}
