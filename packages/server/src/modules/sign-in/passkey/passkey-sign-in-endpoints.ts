import { generateAuthenticationOptions } from "@simplewebauthn/server";
import { createAuthEndpoint, formCsrfMiddleware } from "better-auth/api";
import { z } from "zod";
import { hashSecret } from "../cookie-secret.ts";
import { inTransaction } from "../../../platform/database/pool-transaction.ts";
import { lockPerson } from "../prove-person.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { signedInPost } from "../signed-in.ts";
import { beginChallengeStatement } from "../sql/begin-challenge.ts";
import { confirmSessionStatement } from "../sql/confirm-session.ts";
import { listCredentialIdsStatement } from "../sql/list-credential-ids.ts";
import { usePasskeyStatement } from "../sql/use-passkey.ts";
import { giveSession, startSession } from "../start-session.ts";
import { assertionShape, checkAssertion, insistOnPlace, passkeyRefused } from "./check-passkey.ts";

/** What an authenticator is asked for a sign-in: any passkey of this place; the person need not say who they are. */
export function createPasskeySignInOptionsEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/sign-in/passkey/options",
    { method: "POST", use: [formCsrfMiddleware] },
    async (ctx) => {
      const { rpId, origin } = insistOnPlace(parts);
      const options = await generateAuthenticationOptions({ rpID: rpId, userVerification: "required" });
      await beginChallengeStatement.run(parts.runner, [hashSecret(options.challenge), null, "SIGN_IN"]);
      return ctx.json({ origin, options });
    },
  );
}

/**
 * Signs in with a passkey. It counts for both steps: the device is something the person has, and it has verified the
 * person.
 */
export function createPasskeySignInEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/sign-in/passkey",
    {
      method: "POST",
      use: [formCsrfMiddleware],
      body: z.object({ response: assertionShape, rememberMe: z.boolean().optional() }),
    },
    async (ctx) => {
      const { passkey, counter } = await checkAssertion(parts, ctx.body.response, null);
      const { person, started } = await inTransaction(parts.pool, async (tx) => {
        const locked = await lockPerson(tx, passkey.user_id);
        if ((await usePasskeyStatement.run(tx, [passkey.id, counter])).length === 0) {
          throw passkeyRefused();
        }
        const remember = ctx.body.rememberMe !== false;
        return {
          person: locked.person,
          started: await startSession(tx, ctx, passkey.user_id, remember),
        };
      });
      return ctx.json(await giveSession(ctx, person, started));
    },
  );
}

/** What an authenticator is asked when somebody who is signed in shows that it is them. */
export function createPasskeyConfirmOptionsEndpoint(parts: SignInParts) {
  return createAuthEndpoint("/security/confirm/passkey-options", signedInPost, async (ctx) => {
    const { rpId } = insistOnPlace(parts);
    const { userId } = ctx.context.session.session;
    const options = await generateAuthenticationOptions({
      rpID: rpId,
      userVerification: "required",
      allowCredentials: await listCredentialIdsStatement.run(parts.runner, [userId]),
    });
    await beginChallengeStatement.run(parts.runner, [hashSecret(options.challenge), userId, "CONFIRM"]);
    return ctx.json(options);
  });
}

/** Shows that it is them with a passkey; it holds as long as a password would. */
export function createPasskeyConfirmEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/security/confirm/passkey",
    {
      ...signedInPost,
      body: z.object({ response: assertionShape }),
    },
    async (ctx) => {
      const { id, userId } = ctx.context.session.session;
      const { passkey, counter } = await checkAssertion(parts, ctx.body.response, userId);
      await inTransaction(parts.pool, async (tx) => {
        await lockPerson(tx, userId);
        if ((await usePasskeyStatement.run(tx, [passkey.id, counter])).length === 0) {
          throw passkeyRefused();
        }
        await confirmSessionStatement.run(tx, [id]);
      });
      return ctx.json({ status: true });
    },
  );
}
