import { APIError } from "better-auth/api";
import type { SpentCode } from "./two-step/spend-code.ts";

/** The answer when the email or the password is wrong, or no one has the address: always the same. */
export function wrongPassword(): APIError {
  return new APIError("UNAUTHORIZED", {
    code: "INVALID_EMAIL_OR_PASSWORD",
    message: "The email or the password is wrong.",
  });
}

/** The answer when somebody who is signed in mistypes their own password. */
export function wrongOwnPassword(): APIError {
  return new APIError("BAD_REQUEST", { code: "WRONG_PASSWORD", message: "The password is wrong." });
}

/** The answer when a sign-in is no longer between its two steps. */
export function signInRanOut(): APIError {
  return new APIError("UNAUTHORIZED", {
    code: "SIGN_IN_RAN_OUT",
    message: "This sign-in has run out. Start again with your email and password.",
  });
}

/** What somebody cannot do in this way, and what they can do instead. */
export function refused(code: string, message: string): APIError {
  return new APIError("BAD_REQUEST", { code, message });
}

/** Throws unless the code was right. Call it outside of the transaction, which has counted the code. */
export function insistOnRight(spent: SpentCode): void {
  if (spent.is === "right") {
    return;
  }
  if (spent.is === "locked") {
    throw codesLocked(spent.until);
  }
  if (spent.is === "used before") {
    throw refused("CODE_USED", "This code was used before. Wait for the next one.");
  }
  const tries = spent.left === 1 ? "One try is left" : `${spent.left} tries are left`;
  throw refused("WRONG_CODE", `The code is wrong or has run out. ${tries}.`);
}

/** The answer while codes are not taken; `lockedUntil` for pages, which know the reader's clock. */
export function codesLocked(until: Date): APIError {
  const time = until.toISOString().slice(11, 16);
  return new APIError("TOO_MANY_REQUESTS", {
    code: "TWO_STEP_LOCKED",
    message: `Too many wrong codes. Codes are taken again after ${time} UTC.`,
    lockedUntil: until.toISOString(),
  });
}
