import {
  startAuthentication,
  startRegistration,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import type { AuthAnswer } from "./auth-client.ts";

/** Whether this page is where passkeys of the server belong; null: nowhere. */
export function isPasskeyPlace(origin: string | null): boolean {
  return origin !== null && origin === window.location.origin;
}

/** What to do when passkeys belong to another address of this server. */
export function describePasskeyPlace(origin: string | null): string {
  return origin === null
    ? "Passkeys need this server to have an https address with a domain name."
    : `Passkeys belong to ${origin}. Open that address to use them.`;
}

/** Has the person's device make a passkey. */
export function makePasskey(
  options: PublicKeyCredentialCreationOptionsJSON,
): Promise<AuthAnswer<RegistrationResponseJSON>> {
  return tell(() => startRegistration({ optionsJSON: options }));
}

/** Has the person's device sign with a passkey. */
export function signWithPasskey(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthAnswer<AuthenticationResponseJSON>> {
  return tell(() => startAuthentication({ optionsJSON: options }));
}

async function tell<Body>(ask: () => Promise<Body>): Promise<AuthAnswer<Body>> {
  if (!("PublicKeyCredential" in window)) {
    return { ok: false, code: "UNSUPPORTED", message: "This browser has no passkeys." };
  }
  try {
    return { ok: true, body: await ask() };
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "InvalidStateError") {
      return { ok: false, code: "KNOWN", message: "This device has a passkey of yours already." };
    }
    // Browsers say the same for no passkey, a refusal and a timeout, on purpose.
    return name === "NotAllowedError" || name === "AbortError"
      ? {
          ok: false,
          code: "STOPPED",
          message: "No passkey was used: it was cancelled, or there is none here.",
        }
      : { ok: false, code: "FAILED", message: "The passkey could not be used on this device." };
  }
}
