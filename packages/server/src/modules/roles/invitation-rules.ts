import type { EntityManager } from "../../platform/database/orm.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { refuse } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { canonicalizeEmail } from "../directory/index.ts";
import type { ProofBinding } from "../proof/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { describePerson, roleWords } from "./place.ts";
import { checkInviteeStatement } from "./sql/check-invitee.ts";
import type { PersonRow } from "./sql/find-person.ts";
import type { InvitationRow } from "./sql/invitation-columns.ts";

/** The migration that moves the product's people right now, such as `MR-42`; null when none does. */
export type FindRunningMigration = (em: EntityManager, productId: string) => Promise<string | null>;

/** What invitations need besides the database. */
export interface InvitationDeps {
  outbox: Outbox;
  findRunningMigration: FindRunningMigration;
}

const mostPending = 200;

/** What the proof of an invitation is bound to: the address and this one invitation, whoever's account it will be. */
export function bindingOf(invitation: InvitationRow): ProofBinding {
  return {
    purpose: invitation.role === "PRODUCT_OWNER" ? "OWNERSHIP" : "INVITATION",
    email: invitation.email,
    accountId: null,
    organizationId: invitation.organizationId,
    source: { type: "role_invitation", id: invitation.id },
  };
}

/** Ends the transaction when somebody settled it before. */
export function insistOnPending({ email, state }: InvitationRow): void {
  if (state !== "PENDING") {
    refuse("ALREADY_DONE", `The invitation of ${email} was ${state.toLowerCase()} before.`);
  }
}

/** Said only to who reads the mail of the address: an invitation opens no closed account by the way. */
export function insistOnOpenAccount(person: PersonRow | undefined): void {
  if (person?.closed === true) {
    refuse(
      "INVALID_STATE",
      `The account of ${person.email} was closed. An admin of an organization that agreed to that can open it again; then this invitation can be accepted while it works.`,
    );
  }
}

/** The ownership stays where it is while a migration of the product runs. */
export async function insistOnStandstill(
  tx: EntityManager,
  { productId, role }: { role: string; productId: string | null },
  { findRunningMigration }: InvitationDeps,
): Promise<void> {
  const running =
    role === "PRODUCT_OWNER" && productId !== null ? await findRunningMigration(tx, productId) : null;
  if (running !== null) {
    refuse(
      "INVALID_STATE",
      `${running} moves the people of this product. The ownership can be transferred before it starts or once it has ended.`,
    );
  }
}

/** The canonical address of a person who may be invited; refused for lists and bots, and where too many wait. */
export async function readAddress(tx: EntityManager, organizationId: string, raw: string): Promise<string> {
  const canonical = canonicalizeEmail(raw);
  if (canonical.status !== "ok") {
    return refuse("INVALID_INPUT", canonical.reason, { field: "email" });
  }
  const { email } = canonical;
  const [checked] = await checkInviteeStatement.run(tx, [
    organizationId,
    email.slice(0, email.lastIndexOf("@")),
  ]);
  if (checked?.shared === true) {
    refuse("INVALID_INPUT", `${email} is a shared address or a bot. Invite a person's own address.`, {
      field: "email",
    });
  }
  if ((checked?.pending ?? 0) >= mostPending) {
    refuse("TOO_MANY", `${mostPending} invitations of the organization wait. Withdraw those nobody needs.`);
  }
  return email;
}

/** Writes down what was done with an invitation. */
export async function record(
  tx: EntityManager,
  actor: Actor,
  invitation: InvitationRow,
  change: "create" | "resend" | "withdraw",
  done: string,
  where: string,
): Promise<void> {
  const { email, generation, id, organizationId, productId, role, siteId } = invitation;
  await appendAuditEntry(tx, {
    organizationId,
    actorAccountId: actor.accountId,
    action: `invitation.${change}`,
    subjectType: "invitation",
    subjectId: id,
    summary: `${describePerson(actor)} ${done} ${roleWords[role]} of ${where}`,
    [change === "withdraw" ? "before" : "after"]: { email, role, siteId, productId, generation },
  });
}

/** The trimmed name of somebody who accepts; refused when there is none, or too long a one. */
export function readName(raw: string): string {
  const name = raw.trim();
  if (name.length < 1 || name.length > 100) {
    refuse("INVALID_INPUT", "Give your name, 1 to 100 characters.", { field: "name" });
  }
  return name;
}
