import type { EntityManager } from "../../platform/database/orm.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { lockPersonOfAccount } from "../sign-in/index.ts";
import { closeAccount } from "./close-account.ts";
import { listConcerned, whoDecides } from "./closing-rules.ts";
import { declinedLetter } from "./letters.ts";
import { openAgain } from "./reopen-account.ts";
import { endClosingStatement } from "./sql/end-closing.ts";
import { findAccountByEmailStatement } from "./sql/find-account-by-email.ts";
import { findClosedStatement } from "./sql/find-closed.ts";
import { lockAccountStatement } from "./sql/lock-account.ts";

const operator = "Whoever runs the server";

/**
 * Decides about a request that no organization is asked about, with a shell on the server: closes the account, or with
 * words declines. Requests of people who belong to an organization with admins are theirs to decide.
 */
export async function decideAsOperator(
  em: EntityManager,
  outbox: Outbox,
  email: string,
  refusal: string | null,
): Promise<void | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const [found] = await findAccountByEmailStatement.run(tx, [email]);
      if (found?.closingId == null) {
        return refuse("INVALID_STATE", `Nobody with the email ${email} asks for their account to be closed.`);
      }
      const { accountId, closingId } = found;
      await lockPersonOfAccount(tx, accountId);
      const [account] = await lockAccountStatement.run(tx, [accountId]);
      const concerned = await listConcerned(tx, accountId);
      if (account === undefined || found.asked > 0 || whoDecides(concerned).length > 0) {
        refuse("NOT_PERMITTED", "An organization of theirs decides about it.", {
          whoCanGrant: whoDecides(concerned).map(({ organizationName }) => `Admins of ${organizationName}`),
        });
      }
      if (refusal === null) {
        const part = { ...account, accountId, closingId, organizationId: null };
        await closeAccount(tx, outbox, { part, concerned, deciderId: null, words: null });
        return;
      }
      await endClosingStatement.run(tx, [closingId, "DECLINED"]);
      await outbox.queue(tx, {
        purpose: "closing.declined",
        about: closingId,
        to: email,
        organizationId: null,
        accountId,
        letter: declinedLetter(account, operator, refusal),
      });
    }),
  );
}

/** Opens a closed account again, with a shell on the server; the mailed link lets its owner in, nothing else does. */
export async function reopenAsOperator(
  em: EntityManager,
  outbox: Outbox,
  email: string,
): Promise<void | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const [found] = await findAccountByEmailStatement.run(tx, [email]);
      await lockAccountStatement.run(tx, [found?.accountId ?? null]);
      const [closed] = await findClosedStatement.run(tx, [found === undefined ? [] : [found.accountId]]);
      if (closed === undefined) {
        return refuse("INVALID_STATE", `There is no closed account with the email ${email}.`);
      }
      await openAgain(tx, outbox, closed, { id: null, words: operator });
    }),
  );
}
