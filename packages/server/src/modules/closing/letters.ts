import type { Letter } from "../../platform/mail/letter.ts";
import { describePerson } from "./closing-rules.ts";

interface Named {
  name: string;
  email: string;
}

/** Asks an organization's admins. */
export function askedLetter(asker: Named, organizationName: string, reason: string, admin: Named): Letter {
  return {
    subject: `${nameOf(asker)} asks for their account to be closed`,
    name: admin.name,
    paragraphs: [
      `${describePerson(asker)} wants to close their account and asks ${organizationName} to agree.`,
      ...(reason === "" ? [] : [`Their reason: ${reason}`]),
      `When you agree, their roles and access in ${organizationName} end at once. Their requests stay, with their name.`,
    ],
    action: { label: "Agree or decline", path: "/" },
    reason: "You get this because you can decide it. One decision is enough; others see that it was made.",
  };
}

/** Tells the person that one of several organizations agreed. */
export function agreedLetter(asker: Named, organizationName: string, words: string | null): Letter {
  return {
    subject: `${organizationName} agreed to close your account`,
    name: asker.name,
    paragraphs: [
      `You have no role and no access in ${organizationName} any more. Your account closes once the others have agreed, too.`,
      ...told(words),
    ],
    action: { label: "See who is still asked", path: "/me" },
    reason: "You get this because you asked for your account to be closed.",
  };
}

/** The last mail to an account. */
export function closedLetter(asker: Named, words: string | null): Letter {
  return {
    subject: "Your account is closed",
    name: asker.name,
    paragraphs: [
      `The account of ${asker.email} is closed. Every session, password, passkey and API token has ended, and so has every role.`,
      "Requests you raised stay with the organizations they belong to, with your name.",
      ...told(words),
    ],
    reason:
      "You get this because you asked for it. If you want back in, ask an admin of your organization to open the account again.",
  };
}

/** Tells the person that their account stays. */
export function declinedLetter(asker: Named, decidedBy: string, words: string): Letter {
  return {
    subject: "Your account stays open",
    name: asker.name,
    paragraphs: [
      `${decidedBy} did not agree to close your account. You may ask again.`,
      `Their words: ${words}`,
      "Where somebody agreed before, you have no access any more; ask an admin there to have it back.",
    ],
    action: { label: "Your account", path: "/me" },
    reason: "You get this because you asked for your account to be closed.",
  };
}

/** To whoever reads the mail of a closed account that an admin opened again. */
export function reopenedLetter(asker: Named, byWhom: string, secret: string): Letter {
  return {
    subject: "Your account is open again",
    name: asker.name,
    paragraphs: [
      `${byWhom} opened the account of ${asker.email} again. Choose a name and a password to enter it; until then nobody can.`,
      "It comes back without roles and without access to sites. An admin gives those anew.",
    ],
    action: { label: "Enter your account", path: `/finish/${secret}` },
    facts: [["The link works once, until", "3 days after this mail was sent"]],
    reason: "You get this because your account was closed. If you do not want it back, do nothing.",
  };
}

function told(words: string | null): string[] {
  return words === null ? [] : [`Their words: ${words}`];
}

function nameOf({ email, name }: Named): string {
  return name === "" ? email : name;
}
