import type { Letter } from "../../platform/mail/letter.ts";
import type { Wish } from "./role-policy.ts";
import { describePerson, placeName, roleWords, wishWords } from "./place.ts";
import type { InvitationRow } from "./sql/invitation-columns.ts";
import type { PlaceNames } from "./sql/find-place.ts";

interface Named {
  name: string;
  email: string;
}

/** Asks the invited address to accept. Says the same whether or not an account stands behind it. */
export function invitationLetter(
  invitation: InvitationRow,
  names: PlaceNames,
  inviter: Named,
  secret: string,
): Letter {
  const isOffer = invitation.role === "PRODUCT_OWNER";
  const where = placeName(names);
  return {
    subject: isOffer
      ? `${nameOf(inviter)} offers you the ownership of ${where}`
      : `${nameOf(inviter)} invites you to ${where}`,
    name: "",
    paragraphs: [
      `${describePerson(inviter)} wants you to be ${roleWords[invitation.role]} of ${where}${where === names.organizationName ? "" : `, ${names.organizationName}`}.`,
      isOffer
        ? "When you accept, you own the product and its former owner becomes product admin."
        : "Nothing changes until you accept.",
    ],
    action: {
      label: isOffer ? "Look at the offer" : "Look at the invitation",
      path: `/invitation/${secret}`,
    },
    facts: [
      ["For", invitation.email],
      ["Works until", toUtc(invitation.expiresAt)],
    ],
    reason:
      "You get this because somebody entered your address. If you do not know them, ignore this mail: without the link nobody can accept for you.",
  };
}

/** Tells the inviter what became of it. */
export function settledLetter(
  invitation: InvitationRow,
  names: PlaceNames,
  inviter: Named,
  accepted: boolean,
): Letter {
  const where = placeName(names);
  const outcome = accepted ? "accepted" : "declined";
  return {
    subject: `${invitation.email} ${outcome} being ${roleWords[invitation.role]} of ${where}`,
    name: inviter.name,
    paragraphs: [
      accepted
        ? `${invitation.email} is ${roleWords[invitation.role]} of ${where} now.`
        : `${invitation.email} does not want to be ${roleWords[invitation.role]} of ${where}. Nothing has changed.`,
    ],
    action: { label: "People and roles", path: "/organization/people" },
    reason: "You get this because you sent the invitation.",
  };
}

/** Tells the former owner that the product has another one. */
export function formerOwnerLetter(owner: Named, names: PlaceNames, former: Named): Letter {
  const where = placeName(names);
  return {
    subject: `${nameOf(owner)} owns ${where} now`,
    name: former.name,
    paragraphs: [
      `${describePerson(owner)} accepted the ownership of ${where}. You are product admin of it from now on.`,
    ],
    action: { label: "People and roles", path: "/organization/people" },
    reason: "You get this because you owned the product.",
  };
}

/** Asks those who can decide. */
export function requestLetter(
  request: { wish: Wish; reason: string },
  names: PlaceNames,
  asker: Named,
  decider: Named,
): Letter {
  const wanted = `${wishWords[request.wish]} ${placeName(names)}`;
  return {
    subject: `${nameOf(asker)} asks for ${wanted}`,
    name: decider.name,
    paragraphs: [
      `${describePerson(asker)} asks for ${wanted}, ${names.organizationName}.`,
      `Their reason: ${request.reason}`,
    ],
    action: { label: "Approve or decline", path: "/" },
    reason: "You get this because you can decide it. One decision is enough; others see that it was made.",
  };
}

/** Tells the asker what was decided. */
export function decisionLetter(
  request: { wish: Wish; decisionReason: string | null },
  names: PlaceNames,
  asker: Named,
  decider: Named,
  approved: boolean,
): Letter {
  const wanted = `${wishWords[request.wish]} ${placeName(names)}`;
  const told = request.decisionReason === null ? [] : [`Their words: ${request.decisionReason}`];
  return {
    subject: approved ? `You have ${wanted}` : `You do not get ${wanted}`,
    name: asker.name,
    paragraphs: [
      approved ? `${nameOf(decider)} approved it.` : `${nameOf(decider)} declined it. You may ask again.`,
      ...told,
    ],
    action: { label: "Open Rehome", path: "/" },
    reason: "You get this because you asked for it.",
  };
}

function nameOf({ email, name }: Named): string {
  return name === "" ? email : name;
}

function toUtc(time: string | Date): string {
  return `${new Date(time).toISOString().replace("T", " ").slice(0, 16)} UTC`;
}
