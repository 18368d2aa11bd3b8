import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { describePerson, listConcerned } from "./closing-rules.ts";
import { endClosingStatement } from "./sql/end-closing.ts";
import { lockClosingStatement } from "./sql/lock-closing.ts";

/** Takes one's own request back. NOT_FOUND for somebody else's. Where an organization has agreed, that stays done. */
export async function withdrawClosing(
  em: EntityManager,
  actor: Actor,
  closingId: string,
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const [closing] = await lockClosingStatement.run(tx, [closingId]);
      if (closing?.accountId !== actor.accountId) {
        throw notFound();
      }
      if ((await endClosingStatement.run(tx, [closingId, "WITHDRAWN"])).length === 0) {
        refuse("ALREADY_DONE", `The request was ${closing.state.toLowerCase()} before.`);
      }
      for (const { organizationId } of await listConcerned(tx, actor.accountId)) {
        await appendAuditEntry(tx, {
          organizationId,
          actorAccountId: actor.accountId,
          action: "account.withdraw_closing",
          subjectType: "account",
          subjectId: actor.accountId,
          summary: `${describePerson(actor)} keeps their account`,
          before: { closingId },
        });
      }
      return closingId;
    }),
  );
}
