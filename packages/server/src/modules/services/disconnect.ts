import { randomUUID } from "node:crypto";
import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { orRefused, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { describeLogin } from "./describe-login.ts";
import { disconnectedLetter, goneLetter } from "./letters.ts";
import { listConnectedStatement } from "./sql/list-connected.ts";
import { lockAccountStatement } from "./sql/lock-account.ts";
import { unlinkLoginStatement } from "./sql/unlink-login.ts";

/**
 * Takes a login off the account; in the product nothing changes. The account's own address is told, and the login's where
 * it is another one. NOT_FOUND for a login that is not on it, whatever else it is.
 */
export async function disconnectLogin(
  em: EntityManager,
  outbox: Outbox,
  actor: Actor,
  loginId: string,
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const [connected] = await listConnectedStatement.run(tx, [actor.accountId, null, loginId]);
      if (connected === undefined) {
        throw notFound();
      }
      const [account] = await lockAccountStatement.run(tx, [actor.accountId]);
      const [login] = await unlinkLoginStatement.run(tx, [loginId, actor.accountId]);
      if (account === undefined || login === undefined) {
        throw notFound();
      }
      await appendAuditEntry(tx, {
        organizationId: connected.organizationId,
        actorAccountId: account.id,
        action: "service.disconnect",
        subjectType: "product_user",
        subjectId: login.id,
        summary: `${account.email} disconnected the login ${describeLogin(login)} of ${connected.productName}`,
        before: { account: account.email },
        after: { account: null },
      });
      const shared = { about: randomUUID(), organizationId: null };
      await outbox.queue(tx, {
        ...shared,
        purpose: "services.gone",
        to: account.email,
        accountId: account.id,
        letter: goneLetter(account, connected),
      });
      if (login.email !== account.email) {
        await outbox.queue(tx, {
          ...shared,
          purpose: "services.disconnected",
          to: login.email,
          accountId: null,
          letter: disconnectedLetter(account, connected, false),
        });
      }
      return login.id;
    }),
  );
}
