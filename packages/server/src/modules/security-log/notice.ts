import type { Letter } from "../../platform/mail/letter.ts";
import type { SecurityChange } from "../sign-in/index.ts";

/** The mail that tells somebody what changed about how they sign in. */
export function writeNotice(
  change: SecurityChange,
  { name, email }: { name: string; email: string },
): Letter {
  const [subject, said] = describe(change);
  return {
    subject,
    name,
    paragraphs: [
      said,
      "If this was you, there is nothing to do. If it was not, change your password now and look at your other ways to sign in.",
    ],
    action: { label: "Look at your security", path: "/me/security" },
    facts: [["Account", email]],
    reason: "You get this mail because how your account signs in has changed.",
  };
}

/** Subject and first paragraph. */
function describe(change: SecurityChange): [subject: string, said: string] {
  switch (change.what) {
    case "PASSWORD_CHANGED":
      return [
        "Your password was changed",
        "The password of your account was changed. Every other session has ended, and remembered browsers are asked for a code again.",
      ];
    case "TWO_STEP_ON":
      return [
        "Two-step sign-in is on",
        "Signing in to your account asks for a code of your authenticator app from now on.",
      ];
    case "TWO_STEP_OFF":
      return [
        "Two-step sign-in is off",
        "Signing in to your account asks for the password alone from now on.",
      ];
    case "RECOVERY_CODES_RENEWED":
      return ["You have new recovery codes", "New recovery codes were made; the old ones no longer work."];
    case "RECOVERY_CODE_USED":
      return [
        "A recovery code was used",
        `One of your recovery codes was used in the place of your authenticator app. ${change.left} are left.`,
      ];
    case "TWO_STEP_LOCKED":
      return [
        "Too many wrong codes",
        "Somebody who knows your password entered several wrong codes. None is taken for a while.",
      ];
    case "PASSKEY_ADDED":
      return ["A passkey was added", `The passkey “${change.name}” can sign in to your account now.`];
    case "PASSKEY_REMOVED":
      return ["A passkey was removed", `The passkey “${change.name}” can no longer sign in to your account.`];
  }
}
