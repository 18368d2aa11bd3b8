import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
} from "@simplewebauthn/server";
import { z } from "zod";
import { hashSecret } from "../cookie-secret.ts";
import { refused } from "../endpoint-answers.ts";
import type { PasskeyPlace, SignInParts } from "../sign-in-parts.ts";
import { findPasskeyStatement, type PasskeyRow } from "../sql/find-passkey.ts";
import { takeChallengeStatement } from "../sql/take-challenge.ts";

/** The outer shape of what a browser answers; what is inside is checked byte by byte where it is verified. */
const answerShape = z.looseObject({
  id: z.string().max(1400),
  rawId: z.string().max(1400),
  type: z.literal("public-key"),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()),
});

/** A new passkey as a browser tells of it. */
export const registrationShape = z.custom<RegistrationResponseJSON>(
  (value) => answerShape.safeParse(value).success,
);
/** A signature as a browser tells of it. */
export const assertionShape = z.custom<AuthenticationResponseJSON>(
  (value) => answerShape.safeParse(value).success,
);

/** What an answer must be for. */
export type ChallengePurpose = "ADD" | "CONFIRM" | "SIGN_IN";

/** A passkey whose signature holds, and how often its authenticator says it was used. */
export interface CheckedPasskey {
  passkey: PasskeyRow;
  counter: number;
}

/** Where passkeys belong; refuses where there can be none. */
export function insistOnPlace({ passkeyPlace }: SignInParts): PasskeyPlace {
  if (passkeyPlace === null) {
    throw refused(
      "NO_PASSKEYS_HERE",
      "Passkeys need an https address with a domain name, and this server has none.",
    );
  }
  return passkeyPlace;
}

/**
 * Checks a new passkey: made for this place, with the person verified, answering a challenge of ours to this person.
 * The challenge is spent whatever comes of it.
 */
export async function checkRegistration(
  parts: SignInParts,
  response: RegistrationResponseJSON,
  userId: string,
): Promise<{ credential: WebAuthnCredential; backedUp: boolean }> {
  const { rpId, origin } = insistOnPlace(parts);
  const checked = await orRefuse(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => takeChallenge(parts, challenge, userId, "ADD"),
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
    }),
  );
  if (!checked.verified) {
    throw passkeyRefused();
  }
  const { credential, credentialBackedUp } = checked.registrationInfo;
  return { credential, backedUp: credentialBackedUp };
}

/**
 * Checks a signature: by a passkey we know, in this place, with the person verified, over a challenge of ours.
 * @param userId whose passkey it must be; null at a sign-in, where the passkey says who it is
 */
export async function checkAssertion(
  parts: SignInParts,
  response: AuthenticationResponseJSON,
  userId: string | null,
): Promise<CheckedPasskey> {
  const { rpId, origin } = insistOnPlace(parts);
  const [passkey] = await findPasskeyStatement.run(parts.runner, [response.id]);
  if (passkey === undefined || (userId !== null && passkey.user_id !== userId)) {
    throw passkeyRefused();
  }
  const purpose = userId === null ? "SIGN_IN" : "CONFIRM";
  const checked = await orRefuse(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => takeChallenge(parts, challenge, userId, purpose),
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(passkey.public_key),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    }),
  );
  if (!checked.verified) {
    throw passkeyRefused();
  }
  return { passkey, counter: checked.authenticationInfo.newCounter };
}

/** The answer to every passkey that does not hold; it does not tell why. */
export function passkeyRefused(): ReturnType<typeof refused> {
  return refused("PASSKEY_REFUSED", "This passkey was not accepted. Try again, or sign in another way.");
}

async function takeChallenge(
  { runner }: SignInParts,
  challenge: string,
  userId: string | null,
  purpose: ChallengePurpose,
): Promise<boolean> {
  const taken = await takeChallengeStatement.run(runner, [hashSecret(challenge), userId, purpose]);
  return taken.length === 1;
}

/** What the library throws tells of the browser's answer, not of a fault of ours. */
async function orRefuse<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch {
    throw passkeyRefused();
  }
}
