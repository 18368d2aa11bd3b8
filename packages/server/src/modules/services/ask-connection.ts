import type { EntityManager } from "../../platform/database/orm.ts";
import { apiError, notFound } from "../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { canonicalizeEmail } from "../directory/index.ts";
import { consumeRateLimit, type Actor } from "../sign-in/index.ts";
import { describeLogin } from "./describe-login.ts";
import { endFormerWishStatement } from "./sql/end-former-wish.ts";
import { endWishStatement } from "./sql/end-wish.ts";
import { findProductStatement } from "./sql/find-product.ts";
import { listConnectedStatement } from "./sql/list-connected.ts";
import { listPendingStatement, type PendingRow } from "./sql/list-pending.ts";
import { lockAccountStatement } from "./sql/lock-account.ts";
import type { ProductRow } from "./sql/product-columns.ts";
import { recordWishStatement } from "./sql/record-wish.ts";
import type { WishRow } from "./sql/wish-columns.ts";

/** Minutes that a connection waits to be confirmed. */
const linkMinutes = 10;
/** Times an account may ask, and use links, in ten minutes. */
const asksPerWindow = { window: 10 * 60, max: 10 };
/** Characters of a login's name. */
const longestName = 200;

/** What somebody wants to connect. */
export interface ConnectionWish {
  productId: string;
  email: string;
  loginName: string;
}

/**
 * Asks for a login to be connected to the actor's account. What is written, and answered, is the same whether there is
 * such a login or not: a mail to its address is all that tells. What waited for the same product is replaced.
 */
export async function askForConnection(
  em: EntityManager,
  actor: Actor,
  wish: ConnectionWish,
): Promise<PendingRow | Refused> {
  return orRefused(async () => {
    const product = await findOwnProduct(em, actor.accountId, wish.productId);
    const email = readEmail(wish.email);
    const loginName = readLoginName(wish.loginName);
    await refuseConnected(em, actor.accountId, product, { email, loginName });
    await limitAsks(em, actor.accountId, "ask");
    return em.transactional(async (tx) => {
      const [account] = await lockAccountStatement.run(tx, [actor.accountId]);
      if (account === undefined || account.email !== actor.email) {
        throw apiError("UNAUTHENTICATED", "Your email has just changed. Sign in again.");
      }
      await endFormerWishStatement.run(tx, [account.id, product.productId]);
      const [recorded] = await recordWishStatement.run(tx, [
        account.id,
        product.productId,
        email,
        loginName,
        linkMinutes,
      ]);
      if (recorded === undefined) {
        throw new Error("The wish was not returned");
      }
      await record(tx, actor, product, recorded, "ask", "asked to connect");
      return { ...recorded, ...product };
    });
  });
}

/**
 * Takes back what waits. NOT_FOUND for somebody else's, and for what is over. The account is not locked: by how long that
 * takes, asked again and again, one could tell what a round is at.
 */
export async function cancelConnection(
  em: EntityManager,
  actor: Actor,
  pendingId: string,
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const [pending] = await listPendingStatement.run(tx, [actor.accountId, pendingId]);
      const [ended] = await endWishStatement.run(tx, [pendingId, actor.accountId]);
      if (pending === undefined || ended === undefined) {
        throw notFound();
      }
      await record(tx, actor, pending, ended, "cancel", "no longer asks to connect");
      return ended.id;
    }),
  );
}

/** Counts what an account does against the hour-glass of its own; refused when it is empty. */
export async function limitAsks(em: EntityManager, accountId: string, what: "ask" | "use"): Promise<void> {
  const seconds = await consumeRateLimit(em, `services:${what}:${accountId}`, asksPerWindow);
  if (seconds !== null) {
    const minutes = Math.ceil(seconds / 60);
    refuse(
      "TOO_MANY",
      `That was too often. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    );
  }
}

/** NOT_FOUND for a product of an organization that the account has nothing to do with, as for none. */
async function findOwnProduct(em: EntityManager, accountId: string, productId: string): Promise<ProductRow> {
  const [product] = await findProductStatement.run(em, [accountId, productId]);
  if (product === undefined) {
    throw notFound();
  }
  return product;
}

function readEmail(raw: string): string {
  const canonical = canonicalizeEmail(raw);
  if (canonical.status !== "ok") {
    refuse("INVALID_INPUT", canonical.reason, { field: "email" });
  }
  return canonical.email;
}

function readLoginName(raw: string): string {
  const name = raw.trim();
  if (name.length > longestName) {
    refuse("INVALID_INPUT", `The name of the login has at most ${longestName} characters.`, {
      field: "loginName",
    });
  }
  return name;
}

/** Says only what the account knows of itself. */
async function refuseConnected(
  em: EntityManager,
  accountId: string,
  product: ProductRow,
  login: { email: string; loginName: string },
): Promise<void> {
  const connected = await listConnectedStatement.run(em, [accountId, null, null]);
  const isConnected = connected.some(
    (row) =>
      row.productId === product.productId && row.email === login.email && row.loginName === login.loginName,
  );
  if (isConnected) {
    refuse("ALREADY_DONE", `${describeLogin(login)} of ${product.productName} is connected already.`, {
      field: "email",
    });
  }
}

async function record(
  tx: EntityManager,
  actor: Actor,
  product: ProductRow,
  wish: WishRow,
  change: "ask" | "cancel",
  words: string,
): Promise<void> {
  await appendAuditEntry(tx, {
    organizationId: product.organizationId,
    actorAccountId: actor.accountId,
    action: `service.${change}`,
    subjectType: "product",
    subjectId: product.productId,
    summary: `${actor.email} ${words} the login ${describeLogin(wish)} of ${product.productName}`,
  });
}
