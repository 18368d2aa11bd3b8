import type { Letter } from "../../platform/mail/letter.ts";

/** Whom a letter greets, and the address it is about. */
interface Addressee {
  name: string;
  email: string;
}

const tenMinutes = "10 minutes after this mail was sent";
const threeDays = "3 days after this mail was sent";
const notMine = "If it was not you, do nothing: without the link nothing changes.";

/** For somebody with a password they do not remember. */
export function resetLetter({ name, email }: Addressee, secret: string): Letter {
  return {
    subject: "Set a new password",
    name,
    paragraphs: [
      `Somebody, hopefully you, asked for a new password for ${email}.`,
      "The link opens a page where you choose it. You are then signed out everywhere and sign in with the new one.",
    ],
    action: { label: "Set a new password", path: `/recover/${secret}` },
    facts: [["The link works once, until", tenMinutes]],
    reason: `You get this mail because this was asked for on the sign-in page. ${notMine}`,
  };
}

/** For an account with a password that nobody has shown to be the owner's. */
export function verifyLetter({ name, email }: Addressee, secret: string): Letter {
  return {
    subject: "Confirm your email",
    name,
    paragraphs: [
      `Confirm that ${email} is yours, and enter the password you want to sign in with. The one you have is fine.`,
      "Until then nobody can sign in to this account.",
    ],
    action: { label: "Confirm your email", path: `/verify/${secret}` },
    facts: [["The link works once, until", tenMinutes]],
    reason: `You get this mail because this was asked for on the sign-in page. ${notMine}`,
  };
}

/** For an account that an upload or a migration made and that nobody has entered yet. */
export function finishLetter({ name, email }: Addressee, secret: string): Letter {
  return {
    subject: "Finish setting up your account",
    name,
    paragraphs: [
      `There is an account for ${email} already, with the sites you were given. Choose a name and a password to enter it.`,
    ],
    action: { label: "Finish your account", path: `/finish/${secret}` },
    facts: [["The link works once, until", threeDays]],
    reason: `You get this mail because this was asked for on the sign-in page. ${notMine}`,
  };
}

/** For somebody who asked to confirm what is confirmed. */
export function alreadyConfirmedLetter({ name, email }: Addressee): Letter {
  return {
    subject: "Your email is confirmed already",
    name,
    paragraphs: [
      `Somebody, hopefully you, asked for a mail to confirm ${email}. It is confirmed: sign in with your password. If you do not remember it, the sign-in page helps with that.`,
    ],
    action: { label: "Sign in", path: "/sign-in" },
    reason:
      "You get this mail because this was asked for on the sign-in page. If it was not you, do nothing.",
  };
}

/** For somebody whose account was closed: there is nothing to sign in to. */
export function closedAccountLetter({ name, email }: Addressee): Letter {
  return {
    subject: "Your account is closed",
    name,
    paragraphs: [
      `Somebody, hopefully you, asked for a mail to sign in with ${email}. The account was closed, as its owner had asked, so there is nothing to sign in to.`,
      "If you want it back, ask an admin of your organization to open it again. They find it under Accounts.",
    ],
    reason:
      "You get this mail because this was asked for on the sign-in page. If it was not you, do nothing.",
  };
}

/** After a new password, so that nobody sets one unnoticed. */
export function passwordSetLetter({ name, email }: Addressee, tokensEnded: boolean): Letter {
  return {
    subject: "Your password was changed",
    name,
    paragraphs: [
      `The password of ${email} was set anew with a link sent to this address. Every session was ended.`,
      tokensEnded
        ? "Your API tokens were revoked as well."
        : "Your API tokens work as before; revoke them under API tokens if somebody else may have one.",
    ],
    action: { label: "Sign in", path: "/sign-in" },
    reason:
      "You get this mail whenever your password changes. If it was not you, set a new one at once: whoever did this reads your mail.",
  };
}

/** To the new address: the proof. */
export function confirmAddressLetter({ name, email }: Addressee, newEmail: string, secret: string): Letter {
  return {
    subject: "Confirm your new email",
    name,
    paragraphs: [
      `${email} asked to sign in with ${newEmail} from now on. Confirm it to make the change; until then everything stays as it is.`,
    ],
    action: { label: "Use this email", path: `/change-email/${secret}` },
    facts: [["The link works once, until", tenMinutes]],
    reason: `You get this mail because this address was entered as a new one. ${notMine}`,
  };
}

/** To a new address that has an account: nothing is merged, and who asked is not told that it exists. */
export function addressTakenLetter(newEmail: string): Letter {
  return {
    subject: "This email already has an account",
    name: "",
    paragraphs: [
      `Somebody, hopefully you, wanted another account to use ${newEmail}. It has an account of its own, and accounts are never merged, so nothing was changed.`,
      "Sign in with this address, or choose another one for the other account.",
    ],
    action: { label: "Sign in", path: "/sign-in" },
    reason:
      "You get this mail because this address was entered as a new one. If it was not you, do nothing: your account is as it was.",
  };
}

/** To the present address, which is about to be given up. */
export function addressLeavingLetter({ name, email }: Addressee, newEmail: string, secret: string): Letter {
  return {
    subject: "Your email is about to change",
    name,
    paragraphs: [
      `Somebody who is signed in to your account and knows its password asked to replace ${email} by ${newEmail}. It is replaced as soon as the new address is confirmed.`,
      "If that was not you, stop it now. Every session is ended, and you get a link for a new password.",
    ],
    action: { label: "This was not me", path: `/not-me/${secret}` },
    facts: [["The link works until", `${tenMinutes}, or until the new address is confirmed`]],
    reason:
      "You get this mail because the email of your account is about to change. If that was you, do nothing.",
  };
}

/** To the address that was given up. */
export function addressLeftLetter({ name, email }: Addressee, newEmail: string): Letter {
  return {
    subject: "Your email was changed",
    name,
    paragraphs: [`The account of ${email} now signs in with ${newEmail}, and with ${email} no more.`],
    reason:
      "You get this mail because this was the account's address. If you did not ask for it, tell whoever runs this product at once.",
  };
}
