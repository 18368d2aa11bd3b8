import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import {
  findWishPlace,
  grantWish,
  insistOnNeed,
  readReason,
  type AccessWish,
} from "./access-request-rules.ts";
import { decisionLetter, requestLetter } from "./letters.ts";
import {
  describePerson,
  listGrantors,
  namePlace,
  placeName,
  refuseWithGrantors,
  wishWords,
} from "./place.ts";
import { mayDecide } from "./role-policy.ts";
import { countRequestsOfStatement } from "./sql/count-requests-of.ts";
import { decideRequestStatement } from "./sql/decide-request.ts";
import { findPersonStatement } from "./sql/find-person.ts";
import { findRequestStatement } from "./sql/find-request.ts";
import { insertRequestStatement } from "./sql/insert-request.ts";
import type { RequestRow } from "./sql/request-columns.ts";
import { withdrawRequestStatement } from "./sql/withdraw-request.ts";
import { withRights } from "./with-rights.ts";

const mostWaiting = 10;
/** People who are mailed about one request; the nearest to the place come first. */
const mostMailed = 25;

/** Requests for access: who belongs to the organization asks, who can grant it decides. */
export class AccessRequestService {
  readonly #outbox: Outbox;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** Asks, and mails everybody who can decide. Returns the request's id. */
  async ask(em: EntityManager, actor: Actor, input: AccessWish): Promise<string | Refused> {
    const place = await findWishPlace(em, input);
    return withRights(em, actor, place.organizationId, async (tx, fresh) => {
      const reason = readReason(input.reason, "Say why you need it");
      const names = await namePlace(tx, place);
      await insistOnNeed(tx, fresh, place, placeName(names));
      const [waiting] = await countRequestsOfStatement.run(tx, [actor.accountId, place.organizationId]);
      if ((waiting?.count ?? 0) >= mostWaiting) {
        refuse("TOO_MANY", `${mostWaiting} requests of yours wait. Withdraw one that you no longer need.`);
      }
      const { organizationId, productId, siteId, wish } = place;
      const values = [organizationId, siteId, productId, actor.accountId, wish, reason];
      const [request] = await insertRequestStatement.run(tx, values);
      if (request === undefined) {
        refuse(
          "ALREADY_EXISTS",
          `You have asked for ${wishWords[wish]} ${placeName(names)} already. It waits.`,
        );
      }
      const deciders = await listGrantors(tx, place);
      for (const decider of deciders.slice(0, mostMailed)) {
        await this.#outbox.queue(tx, {
          purpose: "access_request.created",
          about: `${request.id}.${decider.accountId}`,
          to: decider.email,
          organizationId,
          accountId: decider.accountId,
          letter: requestLetter(request, names, actor, decider),
        });
      }
      await record(tx, actor, request, "create", `${describePerson(actor)} asked for`);
      return request.id;
    });
  }

  /** Takes one's own request back. NOT_FOUND for somebody else's. */
  async withdraw(em: EntityManager, actor: Actor, requestId: string): Promise<string | Refused> {
    const found = await findRequest(em, requestId);
    return withRights(em, actor, found.organizationId, async (tx) => {
      if (found.accountId !== actor.accountId) {
        throw notFound();
      }
      if ((await withdrawRequestStatement.run(tx, [requestId])).length === 0) {
        await refuseDecided(tx, requestId);
      }
      await record(tx, actor, found, "withdraw", `${describePerson(actor)} no longer asks for`);
      return requestId;
    });
  }

  /** Grants what was asked for. Of two who decide at once one does. */
  async approve(
    em: EntityManager,
    actor: Actor,
    input: { requestId: string; reason?: string | null },
  ): Promise<string | Refused> {
    const words = input.reason?.trim() ? readReason(input.reason, "") : null;
    return this.#decide(em, actor, { requestId: input.requestId, words, approved: true });
  }

  /** Declines with a reason, which the asker is told. */
  async decline(
    em: EntityManager,
    actor: Actor,
    input: { requestId: string; reason: string },
  ): Promise<string | Refused> {
    return this.#decide(em, actor, { requestId: input.requestId, words: input.reason, approved: false });
  }

  async #decide(
    em: EntityManager,
    actor: Actor,
    { approved, requestId, words }: { requestId: string; words: string | null; approved: boolean },
  ): Promise<string | Refused> {
    const { organizationId } = await findRequest(em, requestId);
    return withRights(em, actor, organizationId, async (tx, fresh) => {
      const request = await findRequest(tx, requestId);
      const names = await namePlace(tx, request);
      if (!mayDecide(fresh, request)) {
        const what = `Deciding who gets ${wishWords[request.wish]} ${placeName(names)} is not yours.`;
        await refuseWithGrantors(tx, request, `${what} Ask somebody who can.`);
      }
      const reason = approved ? words : readReason(words ?? "", "Say why you decline");
      const deciders = await listGrantors(tx, request);
      const [decided] = await decideRequestStatement.run(tx, [
        requestId,
        approved ? "APPROVED" : "DECLINED",
        actor.accountId,
        reason,
        deciders.map(({ accountId }) => accountId),
      ]);
      if (decided === undefined) {
        return refuseDecided(tx, requestId);
      }
      if (approved) {
        await grantWish(tx, decided, placeName(names));
      }
      const verb = approved ? "approved" : "declined";
      const asker = await this.#tellAsker(tx, decided, names, actor, approved);
      await record(
        tx,
        actor,
        decided,
        approved ? "approve" : "decline",
        `${describePerson(actor)} ${verb} that ${asker} gets`,
      );
      return requestId;
    });
  }

  /** Answers the asker's address. */
  async #tellAsker(
    tx: EntityManager,
    request: RequestRow,
    names: Awaited<ReturnType<typeof namePlace>>,
    decider: Actor,
    approved: boolean,
  ): Promise<string> {
    const [asker] = await findPersonStatement.run(tx, [request.accountId]);
    if (asker === undefined) {
      throw new Error("The asker of a request is gone");
    }
    await this.#outbox.queue(tx, {
      purpose: "access_request.decided",
      about: request.id,
      to: asker.email,
      organizationId: request.organizationId,
      accountId: asker.id,
      letter: decisionLetter(request, names, asker, decider, approved),
    });
    return asker.email;
  }
}

async function findRequest(em: EntityManager, requestId: string): Promise<RequestRow> {
  const [request] = await findRequestStatement.run(em, [requestId]);
  if (request === undefined) {
    throw notFound();
  }
  return request;
}

async function refuseDecided(tx: EntityManager, requestId: string): Promise<never> {
  const { decidedBy, state } = await findRequest(tx, requestId);
  const [decider] = await findPersonStatement.run(tx, [decidedBy]);
  const by = decider === undefined ? "" : ` by ${describePerson(decider)}`;
  return refuse("ALREADY_DONE", `The request was ${state.toLowerCase()}${by} before.`);
}

async function record(
  tx: EntityManager,
  actor: Actor,
  request: RequestRow,
  change: "create" | "withdraw" | "approve" | "decline",
  done: string,
): Promise<void> {
  const { accountId, decisionReason, id, organizationId, productId, reason, siteId, wish } = request;
  const where = placeName(await namePlace(tx, request));
  await appendAuditEntry(tx, {
    organizationId,
    actorAccountId: actor.accountId,
    action: `access_request.${change}`,
    subjectType: "access_request",
    subjectId: id,
    summary: `${done} ${wishWords[wish]} ${where}`,
    after: {
      accountId,
      wish,
      siteId,
      productId,
      reason,
      ...(decisionReason === null ? {} : { decisionReason }),
    },
  });
}
