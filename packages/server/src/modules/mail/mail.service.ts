import type { EntityManager } from "../../platform/database/orm.ts";
import { announce } from "../../platform/events/announce.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { mailChangedTopic, mailQueuedTopic } from "../../platform/mail/mail-topics.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { listAdministrators } from "../directory/index.ts";
import { belongsToOrganization, canManageMail, type Actor } from "../sign-in/index.ts";
import { countHeld, decideHeld } from "./held-mail.ts";
import { canRetry } from "./mail.view.ts";
import { findMailStatement } from "./sql/find-mail.ts";
import { lockMailStatement } from "./sql/lock-mail.ts";
import type { MailRow } from "./sql/mail-columns.ts";
import { retryMailStatement } from "./sql/retry-mail.ts";

/** What a decision about held mail came to. */
export interface HeldOutcome {
  decided: number;
  held: number;
  linkEnded: number;
}

/** A decision about held mail as an organization admin gives it. */
export interface HeldWish {
  organizationId: string;
  mailId?: string | null;
  includeEndedLinks?: boolean;
}

/** What organization admins decide about their organization's mail. Each method is one transaction. */
export class MailService {
  /**
   * Has a mail that bounced or was given up tried again from the beginning. NOT_PERMITTED with who can, INVALID_STATE
   * when it is not over, is not kept any more or brings a dead link.
   */
  async retry(em: EntityManager, actor: Actor, mailId: string): Promise<MailRow | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const visible = await findVisible(tx, actor, mailId);
        await insistOnAdmin(tx, actor, visible.organizationId);
        await lockMailStatement.run(tx, [mailId]);
        const mail = await findVisible(tx, actor, mailId);
        if (!canRetry(mail)) {
          refuse("INVALID_STATE", sayWhyNot(mail));
        }
        await retryMailStatement.run(tx, [mailId]);
        await appendAuditEntry(tx, {
          organizationId: mail.organizationId,
          actorAccountId: actor.accountId,
          action: "mail.retry",
          subjectType: "mail",
          subjectId: mail.id,
          summary: `${actor.name} had the mail “${mail.subject}” to ${mail.to} tried again`,
          before: { state: mail.state, problem: mail.lastError },
        });
        await announce(tx, [mailQueuedTopic, mailChangedTopic]);
        return findVisible(tx, actor, mailId);
      }),
    );
  }

  /** Lets held mail go; what brings a dead link stays held unless that is wished too. */
  async release(em: EntityManager, actor: Actor, wish: HeldWish): Promise<HeldOutcome | Refused> {
    return this.#decide(em, actor, wish, "release");
  }

  /** Decides that held mail is not sent. */
  async discard(em: EntityManager, actor: Actor, wish: HeldWish): Promise<HeldOutcome | Refused> {
    return this.#decide(em, actor, wish, "discard");
  }

  async #decide(
    em: EntityManager,
    actor: Actor,
    wish: HeldWish,
    decision: "release" | "discard",
  ): Promise<HeldOutcome | Refused> {
    const { organizationId, mailId = null, includeEndedLinks = false } = wish;
    return orRefused(() =>
      em.transactional(async (tx) => {
        if (!belongsToOrganization(actor, organizationId)) {
          throw notFound();
        }
        await insistOnAdmin(tx, actor, organizationId);
        const decided = await decideHeld(tx, {
          organizationId,
          mailId,
          decision,
          includeEndedLinks,
          by: { accountId: actor.accountId, name: actor.name },
        });
        const { held, linkEnded } = await countHeld(tx, organizationId);
        if (decided === 0) {
          refuseNothing(mailId, linkEnded);
        }
        return { decided, held, linkEnded };
      }),
    );
  }
}

type OwnedMail = MailRow & { organizationId: string };

/** The mail, if it is of an organization the actor belongs to; NOT_FOUND otherwise, as for none. */
async function findVisible(tx: EntityManager, actor: Actor, mailId: string): Promise<OwnedMail> {
  const [mail] = await findMailStatement.run(tx, [mailId]);
  if (
    mail === undefined ||
    mail.organizationId === null ||
    !belongsToOrganization(actor, mail.organizationId)
  ) {
    throw notFound();
  }
  return { ...mail, organizationId: mail.organizationId };
}

async function insistOnAdmin(tx: EntityManager, actor: Actor, organizationId: string): Promise<void> {
  const allowed = canManageMail(actor, organizationId);
  if (allowed !== true) {
    const [whoCanGrant = []] = await listAdministrators(tx, [{ organizationId, siteId: null }]);
    refuse("NOT_PERMITTED", allowed.message, { whoCanGrant });
  }
}

function sayWhyNot(mail: MailRow): string {
  if (!["BOUNCED", "FAILED"].includes(mail.state)) {
    return "Only mail that bounced or was given up can be tried again.";
  }
  return mail.linkEnded
    ? "The link in this mail has ended. Whoever needs it asks for a new one."
    : "This mail is over for more than a week, and what it said is not kept. Whoever needs it asks for a new one.";
}

function refuseNothing(mailId: string | null, linkEnded: number): never {
  if (linkEnded > 0) {
    refuse(
      "INVALID_STATE",
      "What is held brings a link that leads nowhere any more. Discard it, or release it with includeEndedLinks.",
      { field: "includeEndedLinks" },
    );
  }
  refuse(
    "ALREADY_DONE",
    mailId === null ? "No mail of this organization is held." : "This mail is not held.",
  );
}
