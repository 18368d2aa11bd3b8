import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Logger } from "../../platform/logging.ts";
import type { Letter } from "../../platform/mail/letter.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { issueProof, type ProofPurpose } from "../proof/index.ts";
import { inTransaction } from "../../platform/database/pool-transaction.ts";
import {
  alreadyConfirmedLetter,
  closedAccountLetter,
  finishLetter,
  resetLetter,
  verifyLetter,
} from "./letters.ts";
import { countRecentMailStatement } from "./sql/count-recent-mail.ts";
import { lockAskedAccountStatement, type AskedAccountRow } from "./sql/lock-asked-account.ts";
import { takeWishStatement, type WishRow } from "./sql/take-wish.ts";

/** What a granted wish leads to: a link for this purpose, or a mail without one. */
type Grant =
  | { purpose: ProofPurpose; write: (account: AskedAccountRow, secret: string) => Letter }
  | { word: string; write: (account: AskedAccountRow) => Letter };

/** Mails of one sort to one account within the life of a link: a stranger cannot fill a mailbox. */
const mostMails = 3;
const linkMinutes = 10;
/** Wishes per round; the rest is for the next. */
const mostWishes = 200;

/** What granting needs. */
export interface GrantParts {
  pool: Pool;
  outbox: Outbox;
  logger: Logger;
}

/**
 * Grants what was asked for on the sign-in page, each wish in a transaction of its own: a proof and its mail for an
 * account, nothing for an address that nobody has. Any number of servers may do it at once.
 * @returns how many were dealt with
 */
export async function grantWishes({ pool, outbox, logger }: GrantParts): Promise<number> {
  const failed: string[] = [];
  for (let granted = 0; granted < mostWishes; granted += 1) {
    let taken: WishRow | undefined;
    try {
      await inTransaction(pool, async (tx) => {
        [taken] = await takeWishStatement.run(tx, [failed]);
        if (taken !== undefined) {
          await grantWish(tx, outbox, taken);
        }
      });
    } catch (error) {
      if (taken === undefined) {
        throw error;
      }
      failed.push(taken.id);
      logger.warn(
        { err: error },
        "a mail asked for on the sign-in page could not be written; it is tried again",
      );
      continue;
    }
    if (taken === undefined) {
      return granted;
    }
  }
  return mostWishes;
}

async function grantWish(tx: StatementRunner, outbox: Outbox, wish: WishRow): Promise<void> {
  const [account] = await lockAskedAccountStatement.run(tx, [wish.email]);
  if (account === undefined) {
    return;
  }
  const grant = judge(wish, account);
  const purpose = "word" in grant ? `recovery.${grant.word}` : `proof.${grant.purpose.toLowerCase()}`;
  const [recent] = await countRecentMailStatement.run(tx, [account.id, purpose, linkMinutes]);
  // Whoever is not mailed again has a link that works: the newest of them is younger than a link lives.
  if (recent === undefined || recent.inLastMinute > 0 || recent.inLinkLife >= mostMails) {
    return;
  }
  const { about, letter, proofId } = await write(tx, account, grant);
  await outbox.queue(tx, {
    purpose,
    about,
    to: account.email,
    organizationId: null,
    accountId: account.id,
    ...(proofId === undefined ? {} : { proofId }),
    letter,
  });
}

/** The owner of an account that nobody entered yet, or of one that is not proven, sets it up first, whatever they asked for. */
function judge(wish: WishRow, account: AskedAccountRow): Grant {
  if (account.closed) {
    return { word: "account_closed", write: closedAccountLetter };
  }
  if (!account.proven && !account.hasPassword) {
    return { purpose: "FINISH_ACCOUNT", write: finishLetter };
  }
  if (wish.purpose === "RESET_PASSWORD") {
    return { purpose: "RESET_PASSWORD", write: resetLetter };
  }
  return account.proven
    ? { word: "already_confirmed", write: alreadyConfirmedLetter }
    : { purpose: "VERIFY_EMAIL", write: verifyLetter };
}

async function write(
  tx: StatementRunner,
  account: AskedAccountRow,
  grant: Grant,
): Promise<{ about: string; letter: Letter; proofId?: string }> {
  if ("word" in grant) {
    return { about: randomUUID(), letter: grant.write(account) };
  }
  const { proof, secret } = await issueProof(tx, {
    purpose: grant.purpose,
    email: account.email,
    accountId: account.id,
  });
  return { about: proof.id, proofId: proof.id, letter: grant.write(account, secret) };
}
