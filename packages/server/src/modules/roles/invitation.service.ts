import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { issueProof, revokeProofs } from "../proof/index.ts";
import type { Actor } from "../sign-in/index.ts";
import {
  bindingOf,
  insistOnPending,
  insistOnStandstill,
  readAddress,
  record,
  type InvitationDeps,
} from "./invitation-rules.ts";
import { invitationLetter, settledLetter } from "./letters.ts";
import { namePlace, placeName, readPlace, roleWords } from "./place.ts";
import { insistOnGrantor, type RoleWish } from "./role.service.ts";
import { findHolderStatement } from "./sql/find-holder.ts";
import { findInvitationStatement } from "./sql/find-invitation.ts";
import { findPersonStatement } from "./sql/find-person.ts";
import { findProductStatement } from "./sql/find-product.ts";
import { insertInvitationStatement } from "./sql/insert-invitation.ts";
import type { InvitationRow } from "./sql/invitation-columns.ts";
import { lockInvitationStatement } from "./sql/lock-invitation.ts";
import { renewInvitationStatement } from "./sql/renew-invitation.ts";
import { settleInvitationStatement } from "./sql/settle-invitation.ts";
import { withRights } from "./with-rights.ts";

const mostGenerations = 10;

/** Offers roles to addresses. An offer of ownership is an invitation to a product's role of owner. */
export class InvitationService {
  readonly #deps: InvitationDeps;

  constructor(deps: InvitationDeps) {
    this.#deps = deps;
  }

  /**
   * Invites an address. Whether an account stands behind it is never looked up, so neither answer nor time tells.
   * @returns the invitation's id
   */
  async invite(
    em: EntityManager,
    actor: Actor,
    input: RoleWish & { organizationId: string; email: string },
  ): Promise<string | Refused> {
    const { organizationId } = input;
    return withRights(em, actor, organizationId, async (tx, fresh) => {
      const place = readPlace(input.role, input);
      const where = await insistOnGrantor(tx, fresh, place);
      await insistOnStandstill(tx, place, this.#deps);
      const email = await readAddress(tx, organizationId, input.email);
      const at = [organizationId, place.siteId, place.productId] as const;
      if ((await findHolderStatement.run(tx, [email, place.role, ...at])).length > 0) {
        refuse("ALREADY_DONE", `${email} is ${roleWords[place.role]} of ${where} already.`);
      }
      const [invitation] = await insertInvitationStatement.run(tx, [
        ...at,
        place.role,
        email,
        actor.accountId,
      ]);
      if (invitation === undefined) {
        refuse(
          "ALREADY_EXISTS",
          place.role === "PRODUCT_OWNER"
            ? `The ownership of ${where} is offered to somebody already. Withdraw that offer first.`
            : `${email} is invited to this already. Send the invitation again, or withdraw it.`,
        );
      }
      await this.#send(tx, invitation, actor);
      await record(tx, actor, invitation, "create", `invited ${email} to be`, where);
      return invitation.id;
    });
  }

  /** Offers the ownership of a product to somebody, who accepts it or not. */
  async offerOwnership(
    em: EntityManager,
    actor: Actor,
    input: { productId: string; email: string },
  ): Promise<string | Refused> {
    const { email, productId } = input;
    const [product] = await findProductStatement.run(em, [productId]);
    if (product === undefined) {
      throw notFound();
    }
    const { organizationId } = product;
    return this.invite(em, actor, { organizationId, role: "PRODUCT_OWNER", productId, email });
  }

  /** Sends it again: a new link for another 72 hours; the older one ends. Who sends it answers for it. */
  async resend(em: EntityManager, actor: Actor, invitationId: string): Promise<string | Refused> {
    return this.#change(em, actor, invitationId, async (tx, invitation, where) => {
      if (invitation.generation >= mostGenerations) {
        refuse("TOO_MANY", `It was sent ${mostGenerations} times. Withdraw it and invite the address anew.`);
      }
      await insistOnStandstill(tx, invitation, this.#deps);
      const [renewed] = await renewInvitationStatement.run(tx, [invitationId, actor.accountId]);
      if (renewed === undefined) {
        throw new Error("The locked invitation could not be renewed");
      }
      await this.#send(tx, renewed, actor);
      await record(tx, actor, renewed, "resend", `sent ${renewed.email} again the invitation to be`, where);
    });
  }

  /** Takes it back: its link ends. */
  async withdraw(em: EntityManager, actor: Actor, invitationId: string): Promise<string | Refused> {
    return this.#change(em, actor, invitationId, async (tx, invitation, where) => {
      await settleInvitationStatement.run(tx, [invitationId, "WITHDRAWN", actor.accountId, null]);
      await revokeProofs(tx, bindingOf(invitation));
      await record(
        tx,
        actor,
        invitation,
        "withdraw",
        `withdrew the invitation of ${invitation.email} to be`,
        where,
      );
    });
  }

  /** Declines on the invited person's side; the inviter is told. `by` is null for somebody with the link alone. */
  async decline(tx: EntityManager, invitation: InvitationRow, by: string | null): Promise<void> {
    await settleInvitationStatement.run(tx, [invitation.id, "DECLINED", by, null]);
    await revokeProofs(tx, bindingOf(invitation));
    const names = await namePlace(tx, invitation);
    await appendAuditEntry(tx, {
      organizationId: invitation.organizationId,
      actorAccountId: by,
      action: "invitation.decline",
      subjectType: "invitation",
      subjectId: invitation.id,
      summary: `${invitation.email} declined to be ${roleWords[invitation.role]} of ${placeName(names)}`,
    });
    await this.tellInviter(tx, invitation, false);
  }

  /** Tells whoever answers for the invitation what became of it. */
  async tellInviter(tx: EntityManager, invitation: InvitationRow, accepted: boolean): Promise<void> {
    const names = await namePlace(tx, invitation);
    const [inviter] = await findPersonStatement.run(tx, [invitation.invitedBy]);
    if (inviter === undefined) {
      return;
    }
    await this.#deps.outbox.queue(tx, {
      purpose: "invitation.settled",
      about: invitation.id,
      to: inviter.email,
      organizationId: invitation.organizationId,
      accountId: inviter.id,
      letter: settledLetter(invitation, names, inviter, accepted),
    });
  }

  async #change(
    em: EntityManager,
    actor: Actor,
    invitationId: string,
    work: (tx: EntityManager, invitation: InvitationRow, where: string) => Promise<void>,
  ): Promise<string | Refused> {
    const [found] = await findInvitationStatement.run(em, [invitationId]);
    if (found === undefined) {
      throw notFound();
    }
    return withRights(em, actor, found.organizationId, async (tx, fresh) => {
      const [invitation] = await lockInvitationStatement.run(tx, [invitationId]);
      if (invitation === undefined) {
        throw notFound();
      }
      const where = await insistOnGrantor(tx, fresh, invitation);
      insistOnPending(invitation);
      await work(tx, invitation, where);
      return invitationId;
    });
  }

  /** The account is not looked up here either: the same mail goes to everybody. */
  async #send(tx: EntityManager, invitation: InvitationRow, inviter: Actor): Promise<void> {
    const { proof, secret } = await issueProof(tx, {
      ...bindingOf(invitation),
      createdBy: inviter.accountId,
    });
    await this.#deps.outbox.queue(tx, {
      purpose: "invitation",
      about: invitation.id,
      generation: invitation.generation,
      to: invitation.email,
      organizationId: invitation.organizationId,
      accountId: null,
      proofId: proof.id,
      letter: invitationLetter(invitation, await namePlace(tx, invitation), inviter, secret),
    });
  }
}
