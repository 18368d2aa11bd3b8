import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { proveAccount, type EmailProof } from "../proof/index.ts";
import {
  findNewPasswordProblem,
  prepareNewPassword,
  setAccountPassword,
  type Actor,
} from "../sign-in/index.ts";
import {
  insistOnOpenAccount,
  insistOnPending,
  insistOnStandstill,
  readName,
  type InvitationDeps,
} from "./invitation-rules.ts";
import type { InvitationService } from "./invitation.service.ts";
import { consumeLink, lockLink, openLink, refuseLink } from "./invitation-link.ts";
import { formerOwnerLetter } from "./letters.ts";
import { describePerson, listGrantors, namePlace, placeName, roleWords } from "./place.ts";
import { mayGrant } from "./role-policy.ts";
import { giveRole } from "./role.service.ts";
import { dropProductAdminStatement } from "./sql/drop-product-admin.ts";
import { findPersonByEmailStatement } from "./sql/find-person-by-email.ts";
import { findPersonStatement, type PersonRow } from "./sql/find-person.ts";
import { holdAccountStatement } from "./sql/hold-account.ts";
import type { InvitationRow } from "./sql/invitation-columns.ts";
import { lockInvitationStatement } from "./sql/lock-invitation.ts";
import { settleInvitationStatement } from "./sql/settle-invitation.ts";
import { takeOwnershipStatement } from "./sql/take-ownership.ts";
import { loadGrants } from "./with-rights.ts";

/** What whoever has the link is shown before deciding. */
export interface ShownInvitation {
  email: string;
  role: InvitationRow["role"];
  organization: string;
  /** Site or product; null for a role of the organization. */
  place: string | null;
  inviter: { name: string; email: string };
  expiresAt: string;
  /** SIGN_IN: the address's account has been proven before. PASSWORD: a password is set first, and ends every older one. */
  next: "SIGN_IN" | "PASSWORD";
  /** What the account is called so far. */
  name: string;
}

/** What was accepted, for the page that follows. */
export interface Accepted {
  email: string;
  organizationId: string;
}

/** Accepting and declining on the invited person's side. The link alone proves control of the address. */
export class AcceptanceService {
  readonly #deps: InvitationDeps;
  readonly #outbox: Outbox;
  readonly #invitations: InvitationService;

  constructor(deps: InvitationDeps, invitations: InvitationService) {
    this.#deps = deps;
    this.#outbox = deps.outbox;
    this.#invitations = invitations;
  }

  /** What the link is about; uses nothing up. */
  async show(em: EntityManager, secret: string): Promise<ShownInvitation | Refused> {
    return orRefused(async () => {
      const { invitation } = await openLink(em, secret);
      const [invited] = await findPersonByEmailStatement.run(em, [invitation.email]);
      insistOnOpenAccount(invited);
      const { productName, siteName, organizationName } = await namePlace(em, invitation);
      const [inviter] = await findPersonStatement.run(em, [invitation.invitedBy]);
      return {
        email: invitation.email,
        role: invitation.role,
        organization: organizationName,
        place: productName ?? siteName,
        inviter: { name: inviter?.name ?? "", email: inviter?.email ?? "" },
        expiresAt: new Date(invitation.expiresAt).toISOString(),
        next: invited?.proved === true ? "SIGN_IN" : "PASSWORD",
        name: invited?.name ?? "",
      };
    });
  }

  /** For the signed-in account of exactly the invited address. */
  async accept(em: EntityManager, actor: Actor, secret: string): Promise<Accepted | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const link = await openLink(tx, secret);
        const { email } = link.proof;
        if (email !== actor.email) {
          refuse(
            "NOT_PERMITTED",
            `This invitation is for ${email}, and you are signed in as ${actor.email}. Sign in as ${email}, or ask for an invitation of your address.`,
            { whoCanGrant: await this.#inviterOf(tx, link.invitation) },
          );
        }
        const [person] = await findPersonStatement.run(tx, [actor.accountId]);
        if (person === undefined) {
          throw notFound();
        }
        if (!person.proved) {
          refuse(
            "INVALID_STATE",
            `Nobody has proven control of ${email} so far. Set a password of your own with this link first.`,
          );
        }
        const { invitation, proof } = await consumeLink(tx, secret, link);
        await this.#prove(tx, proof, person);
        return this.#take(tx, invitation, person);
      }),
    );
  }

  /**
   * For an address that nobody has proven yet: makes the account where there is none, ends whatever let anybody into it
   * before, and sets the password, in one transaction with the acceptance.
   */
  async acceptWithPassword(
    em: EntityManager,
    secret: string,
    input: { name: string; password: string },
  ): Promise<Accepted | Refused> {
    return orRefused(async () => {
      // Looked at before the costly hash, so that strangers cannot have it computed at will.
      await openLink(em, secret);
      const name = readName(input.name);
      // Outside the transaction: nothing is locked while it takes its time.
      const password = await prepareNewPassword(input.password);
      return em.transactional(async (tx) => {
        const { invitation, proof } = await consumeLink(tx, secret, await openLink(tx, secret));
        const [person] = await holdAccountStatement.run(tx, [proof.email, name]);
        if (person === undefined) {
          throw new Error("The account was not returned");
        }
        insistOnOpenAccount(person);
        if (!(await this.#prove(tx, proof, person))) {
          refuse("INVALID_STATE", `${person.email} has an account. Sign in to accept.`);
        }
        const problem = await findNewPasswordProblem(tx, person.id, input.password);
        if (problem !== null) {
          refuse("INVALID_INPUT", problem.message, { field: "password" });
        }
        await setAccountPassword(tx, { id: person.id, name }, password);
        return this.#take(tx, invitation, person);
      });
    });
  }

  /** With the link alone. */
  async decline(em: EntityManager, secret: string): Promise<Accepted | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const invitation = await lockLink(tx, await openLink(tx, secret));
        await this.#invitations.decline(tx, invitation, null);
        return { email: invitation.email, organizationId: invitation.organizationId };
      }),
    );
  }

  /** By the signed-in account of the invited address, without the link. NOT_FOUND for somebody else's. */
  async declineOwn(em: EntityManager, actor: Actor, invitationId: string): Promise<Accepted | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const [found] = await lockInvitationStatement.run(tx, [invitationId]);
        const [person] = await findPersonStatement.run(tx, [actor.accountId]);
        // Whoever signs in before the address is proven may be somebody else: they neither see nor answer its mail.
        if (found === undefined || found.email !== actor.email || person?.proved !== true) {
          throw notFound();
        }
        insistOnPending(found);
        await this.#invitations.decline(tx, found, actor.accountId);
        return { email: found.email, organizationId: found.organizationId };
      }),
    );
  }

  /** Counts the proof for the account; whether it was its first one, which ends what let anybody in before. */
  async #prove(tx: EntityManager, proof: EmailProof, { id }: PersonRow): Promise<boolean> {
    const proven = await proveAccount(tx, { proof, outbox: this.#outbox, accountId: id });
    return proven === null ? refuseLink() : proven.first;
  }

  /** Gives the role, if whoever answers for the invitation may still give it. */
  async #take(tx: EntityManager, invitation: InvitationRow, person: PersonRow): Promise<Accepted> {
    const { email, id, organizationId, role } = invitation;
    const inviter = { grants: await loadGrants(tx, invitation.invitedBy, organizationId) };
    const where = placeName(await namePlace(tx, invitation));
    if (!mayGrant(inviter, invitation)) {
      const grantors = await listGrantors(tx, invitation);
      refuse(
        "NOT_PERMITTED",
        `Whoever invited you may no longer give the role ${roleWords[role]} of ${where}. Ask somebody who can to send it again.`,
        { whoCanGrant: grantors.map(describePerson) },
      );
    }
    await insistOnStandstill(tx, invitation, this.#deps);
    const former = role === "PRODUCT_OWNER" ? await this.#swapOwner(tx, invitation, person) : null;
    await giveRole(tx, person.id, invitation);
    await settleInvitationStatement.run(tx, [id, "ACCEPTED", person.id, person.id]);
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: person.id,
      action: role === "PRODUCT_OWNER" ? "ownership.transfer" : "invitation.accept",
      subjectType: "account",
      subjectId: person.id,
      summary: `${email} accepted to be ${roleWords[role]} of ${where}${former === null ? "" : `; ${former} is product admin of it now`}`,
      after: { role, siteId: invitation.siteId, productId: invitation.productId, invitationId: id },
    });
    await this.#invitations.tellInviter(tx, invitation, true);
    return { email, organizationId };
  }

  /** Takes the ownership from its owner, who becomes product admin and is told. Answers the former owner's address. */
  async #swapOwner(tx: EntityManager, invitation: InvitationRow, owner: PersonRow): Promise<string | null> {
    const { organizationId, productId } = invitation;
    await dropProductAdminStatement.run(tx, [productId, owner.id]);
    const [taken] = await takeOwnershipStatement.run(tx, [productId]);
    if (taken === undefined || taken.accountId === owner.id) {
      return null;
    }
    await giveRole(tx, taken.accountId, { role: "PRODUCT_ADMIN", organizationId, siteId: null, productId });
    const [former] = await findPersonStatement.run(tx, [taken.accountId]);
    if (former === undefined) {
      return null;
    }
    await this.#outbox.queue(tx, {
      purpose: "ownership.passed",
      about: invitation.id,
      to: former.email,
      organizationId,
      accountId: former.id,
      letter: formerOwnerLetter(owner, await namePlace(tx, invitation), former),
    });
    return former.email;
  }

  async #inviterOf(em: EntityManager, { invitedBy }: InvitationRow): Promise<string[]> {
    const people = await findPersonStatement.run(em, [invitedBy]);
    return people.map(describePerson);
  }
}
