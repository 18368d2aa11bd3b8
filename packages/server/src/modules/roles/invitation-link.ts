import type { EntityManager } from "../../platform/database/orm.ts";
import { refuse } from "../../platform/refusal.ts";
import { consumeProof, findProof, type EmailProof } from "../proof/index.ts";
import { findInvitationStatement } from "./sql/find-invitation.ts";
import type { InvitationRow } from "./sql/invitation-columns.ts";
import { lockInvitationStatement } from "./sql/lock-invitation.ts";
import { lockRoles } from "./with-rights.ts";

const deadLink =
  "This link does not work: it was used, replaced by a newer mail, withdrawn, or is older than 72 hours. Ask whoever invited you to send it again.";

/** An open proof with the invitation it is for. */
export interface InvitationLink {
  proof: EmailProof;
  invitation: InvitationRow;
}

/** What the link is about; refused when it does not work. Uses nothing up. */
export async function openLink(em: EntityManager, secret: string): Promise<InvitationLink> {
  const proof = (await findProof(em, secret, "INVITATION")) ?? (await findProof(em, secret, "OWNERSHIP"));
  const [invitation] = proof === null ? [] : await findInvitationStatement.run(em, [proof.source?.id]);
  if (proof === null || invitation === undefined || invitation.state !== "PENDING") {
    return refuseLink();
  }
  return { proof, invitation };
}

/** Waits for its turn among the changes of roles of the organization; refused when somebody settled it meanwhile. */
export async function lockLink(tx: EntityManager, { invitation }: InvitationLink): Promise<InvitationRow> {
  await lockRoles(tx, invitation.organizationId);
  const [locked] = await lockInvitationStatement.run(tx, [invitation.id]);
  return locked === undefined || locked.state !== "PENDING" ? refuseLink() : locked;
}

/** Uses the link up, behind its lock: of two at once one gets it. */
export async function consumeLink(
  tx: EntityManager,
  secret: string,
  link: InvitationLink,
): Promise<InvitationLink> {
  const invitation = await lockLink(tx, link);
  const proof = await consumeProof(tx, secret, link.proof.purpose);
  return proof === null ? refuseLink() : { proof, invitation };
}

/** One answer for every link that does not work, whyever. */
export function refuseLink(): never {
  return refuse("INVALID_INPUT", deadLink, { field: "token" });
}
