import type { EntityManager } from "../../platform/database/orm.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { listAdministrators, maskEmail } from "../directory/index.ts";
import { consumeProof, findProof, type EmailProof } from "../proof/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { limitAsks } from "./ask-connection.ts";
import { describeLogin } from "./describe-login.ts";
import { findObstacle } from "./obstacle.ts";
import { endWishStatement } from "./sql/end-wish.ts";
import { findAccountStatement } from "./sql/find-account.ts";
import { findLoginsStatement } from "./sql/find-logins.ts";
import { findProductStatement } from "./sql/find-product.ts";
import { findWishOfStatement } from "./sql/find-wish-of.ts";
import { linkLoginStatement } from "./sql/link-login.ts";
import { listConnectedStatement } from "./sql/list-connected.ts";
import { lockAccountStatement, type AccountRow } from "./sql/lock-account.ts";
import { lockLoginsStatement } from "./sql/lock-logins.ts";
import type { LoginRow } from "./sql/login-columns.ts";
import type { ProductRow } from "./sql/product-columns.ts";
import { unlinkLoginStatement } from "./sql/unlink-login.ts";
import { recordConnection, tellConnection, type Connection } from "./tell-connection.ts";

/** What the page of a link shows. */
export interface ShownLink {
  product: ProductRow;
  login: { id: string; email: string; loginName: string };
  expiresAt: Date;
  /** The account's present login there, which it replaces. */
  replaces: { email: string; loginName: string } | null;
  /** Whether the login is on another account now. */
  isMoved: boolean;
}

/** What the link is about, for the account that asked; nothing is used up. */
export async function showLink(
  em: EntityManager,
  actor: Actor,
  secret: string,
): Promise<ShownLink | Refused> {
  return orRefused(async () => {
    const proof = await findOwnProof(em, actor, secret);
    const [wish] = await findWishOfStatement.run(em, [proof.id]);
    const [product] =
      wish === undefined ? [] : await findProductStatement.run(em, [actor.accountId, wish.productId]);
    if (wish === undefined || product === undefined) {
      refuseDead();
    }
    const logins = await findLoginsStatement.run(em, [product.productId, proof.email, null]);
    const login = logins.find(({ id }) => id === proof.source?.id);
    if (login === undefined) {
      refuseDead();
    }
    await refuseObstacle(em, login, product);
    const connected = await listConnectedStatement.run(em, [actor.accountId, null, null]);
    const { expiresAt } = wish;
    return {
      product,
      login,
      expiresAt: new Date(expiresAt),
      replaces: connected.find(({ productId }) => productId === product.productId) ?? null,
      isMoved: login.accountId !== null,
    };
  });
}

/**
 * Links the login to the account with the link that went to its address, for the very account that asked, in its
 * session. The account's former login of the product is on no account from then on, and a login that was on another
 * account moves; everybody concerned gets a mail. Of two at once one gets it.
 * @returns the id of the login
 */
export async function confirmConnection(
  em: EntityManager,
  outbox: Outbox,
  actor: Actor,
  secret: string,
): Promise<string | Refused> {
  return orRefused(async () => {
    await limitAsks(em, actor.accountId, "use");
    return em.transactional(async (tx) => {
      const connection = await takeConnection(tx, actor, secret);
      const { account, former, proof, target } = connection;
      if (former !== undefined) {
        await unlinkLoginStatement.run(tx, [former.id, account.id]);
      }
      await linkLoginStatement.run(tx, [target.id, account.id, proof.id]);
      const loser = await findLoser(tx, target);
      await recordConnection(tx, connection, loser);
      await tellConnection(tx, outbox, connection, loser);
      return target.id;
    });
  });
}

/** Uses the link up. The account is locked first, as by whoever ends its links; then the logins. */
async function takeConnection(tx: EntityManager, actor: Actor, secret: string): Promise<Connection> {
  await findOwnProof(tx, actor, secret);
  const [account] = await lockAccountStatement.run(tx, [actor.accountId]);
  const proof = await consumeProof(tx, secret, "LINK_SERVICE");
  const [wish] = proof === null ? [] : await findWishOfStatement.run(tx, [proof.id]);
  if (account === undefined || proof === null || wish === undefined) {
    refuseDead();
  }
  const [product] = await findProductStatement.run(tx, [account.id, wish.productId]);
  const logins = await lockLoginsStatement.run(tx, [proof.source?.id, account.id, wish.productId]);
  const target = logins.find(({ id }) => id === proof.source?.id);
  if (product === undefined || target === undefined || target.email !== proof.email) {
    refuseDead();
  }
  await refuseObstacle(tx, target, product);
  if (target.accountId === account.id) {
    refuse("ALREADY_DONE", `${describeLogin(target)} of ${product.productName} is connected already.`);
  }
  await endWishStatement.run(tx, [wish.id, account.id]);
  return {
    account,
    product,
    proof,
    target,
    former: logins.find(({ accountId }) => accountId === account.id),
  };
}

/** A link that somebody else asked for is refused with whose it is, as far as they need it to know their own address. */
async function findOwnProof(em: EntityManager, actor: Actor, secret: string): Promise<EmailProof> {
  const proof = await findProof(em, secret, "LINK_SERVICE");
  if (proof === null) {
    refuseDead();
  }
  if (proof.accountId !== actor.accountId) {
    const [owner] = await findAccountStatement.run(em, [proof.accountId]);
    const masked = maskEmail(owner?.email ?? "");
    refuse(
      "NOT_PERMITTED",
      `This link connects a login to the account of ${masked}. Sign in as that account to use it.`,
      { whoCanGrant: [masked] },
    );
  }
  return proof;
}

/** Said only to who has shown that the address is theirs. */
async function refuseObstacle(em: EntityManager, login: LoginRow, product: ProductRow): Promise<void> {
  const obstacle = findObstacle(login);
  if (obstacle !== null) {
    const [names = []] = await listAdministrators(em, [
      { organizationId: product.organizationId, siteId: null },
    ]);
    refuse("INVALID_STATE", `${describeLogin(login)} cannot be connected. ${obstacle}`, {
      whoCanGrant: names,
    });
  }
}

/** Wrong, used, replaced, taken back, too old: all alike, so that guessing tells nothing. */
function refuseDead(): never {
  refuse(
    "INVALID_STATE",
    "This link does not work any more. A link works once, for a short time, and only until a newer one is sent. Ask for the connection again under Your account, Services.",
  );
}

/** The account that has the login until now. */
async function findLoser(tx: EntityManager, { accountId }: LoginRow): Promise<AccountRow | undefined> {
  return accountId === null ? undefined : (await findAccountStatement.run(tx, [accountId]))[0];
}
