import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { postAuth } from "../../session/auth-client.ts";
import { describePasskeyPlace, isPasskeyPlace, signWithPasskey } from "../../session/passkeys.ts";
import { forgetSession } from "../../session/session.ts";

/** Signs in with a passkey of this device; a sentence to show when that did not work. */
export async function signInWithPasskey(): Promise<string | null> {
  const asked = await postAuth<{ origin: string; options: PublicKeyCredentialRequestOptionsJSON }>(
    "/sign-in/passkey/options",
  );
  if (!asked.ok) {
    return asked.message;
  }
  if (!isPasskeyPlace(asked.body.origin)) {
    return describePasskeyPlace(asked.body.origin);
  }
  const signed = await signWithPasskey(asked.body.options);
  if (!signed.ok) {
    return signed.message;
  }
  const answer = await postAuth("/sign-in/passkey", { response: signed.body });
  forgetSession();
  return answer.ok ? null : answer.message;
}
