import type { Pool } from "pg";
import { inTransaction, onConnection } from "../../platform/database/pool-transaction.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Logger } from "../../platform/logging.ts";
import type { Letter } from "../../platform/mail/letter.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { issueProof } from "../proof/index.ts";
import { linkLetter, obstacleLetter, whichLoginLetter } from "./letters.ts";
import { findObstacle } from "./obstacle.ts";
import { dropEndedStatement } from "./sql/drop-ended.ts";
import { findAccountStatement } from "./sql/find-account.ts";
import { findLoginsStatement } from "./sql/find-logins.ts";
import { findProductStatement } from "./sql/find-product.ts";
import { keepLinkStatement } from "./sql/keep-link.ts";
import type { LoginRow } from "./sql/login-columns.ts";
import { markGrantedStatement } from "./sql/mark-granted.ts";
import { takeWishStatement } from "./sql/take-wish.ts";
import type { WishRow } from "./sql/wish-columns.ts";

/** Wishes per round; the rest is for the next. */
const mostWishes = 200;
/** Logins of one address that a mail names. */
const mostNamed = 20;

/** What granting needs. */
export interface GrantParts {
  pool: Pool;
  outbox: Outbox;
  logger: Logger;
}

/**
 * Looks at what accounts asked to connect, each wish in a transaction of its own: a link to the login's address, a word
 * there why it cannot be, nothing where there is no such login. Any number of servers may do it at once.
 * @returns how many were dealt with
 */
export async function grantConnections({ pool, outbox, logger }: GrantParts): Promise<number> {
  await onConnection(pool, (runner) => dropEndedStatement.run(runner));
  const passed: string[] = [];
  for (let granted = 0; granted < mostWishes; granted += 1) {
    let taken: string | undefined;
    try {
      await inTransaction(pool, async (tx) => {
        [taken] = (await takeWishStatement.run(tx, [passed])).map(({ id }) => id);
        const [wish] = taken === undefined ? [] : await markGrantedStatement.run(tx, [taken]);
        if (wish !== undefined) {
          await grantConnection(tx, outbox, wish);
        }
      });
    } catch (error) {
      if (taken === undefined) {
        throw error;
      }
      logger.warn({ err: error }, "the mail for a connection could not be written; it is tried again");
    }
    if (taken === undefined) {
      return granted;
    }
    // Failed, or ended by somebody else in between: not looked at again in this round.
    passed.push(taken);
  }
  return mostWishes;
}

async function grantConnection(tx: StatementRunner, outbox: Outbox, wish: WishRow): Promise<void> {
  const [account] = await findAccountStatement.run(tx, [wish.accountId]);
  const [product] = await findProductStatement.run(tx, [wish.accountId, wish.productId]);
  const logins = await findLoginsStatement.run(tx, [wish.productId, wish.email, mostNamed]);
  if (account === undefined || product === undefined || logins.length === 0) {
    return;
  }
  const mail = async (purpose: string, about: string, letter: Letter, proofId?: string): Promise<void> =>
    outbox.queue(tx, {
      purpose,
      about,
      to: wish.email,
      organizationId: product.organizationId,
      accountId: null,
      ...(proofId === undefined ? {} : { proofId }),
      letter,
    });
  const login = chooseLogin(logins, wish.loginName);
  if (login === undefined) {
    const names = logins.map(({ loginName }) => loginName);
    const letter = whichLoginLetter(account, { email: wish.email, ...product }, names);
    return mail("services.which_login", wish.id, letter);
  }
  const named = { email: login.email, loginName: login.loginName, ...product };
  const obstacle =
    login.accountId === account.id ? "It is connected to that account already." : findObstacle(login);
  if (obstacle !== null) {
    return mail("services.not_connected", wish.id, obstacleLetter(account, named, obstacle));
  }
  const { proof, secret } = await issueProof(tx, {
    purpose: "LINK_SERVICE",
    email: login.email,
    accountId: account.id,
    organizationId: product.organizationId,
    source: { type: "PRODUCT_USER", id: login.id },
    createdBy: account.id,
  });
  await keepLinkStatement.run(tx, [wish.id, proof.id]);
  await mail("proof.link_service", proof.id, linkLetter(account, named, secret), proof.id);
}

/** The one that was named, or the only one when none was. */
function chooseLogin(logins: readonly LoginRow[], loginName: string): LoginRow | undefined {
  return loginName === "" && logins.length === 1
    ? logins[0]
    : logins.find((login) => login.loginName === loginName);
}
