import { generateRegistrationOptions } from "@simplewebauthn/server";
import { createAuthEndpoint } from "better-auth/api";
import { z } from "zod";
import { refused } from "../endpoint-answers.ts";
import { inTransaction } from "../../../platform/database/pool-transaction.ts";
import { insistOnConfirmed, lockPerson } from "../prove-person.ts";
import { hashSecret } from "../cookie-secret.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { signedInPost } from "../signed-in.ts";
import { addPasskeyStatement } from "../sql/add-passkey.ts";
import { beginChallengeStatement } from "../sql/begin-challenge.ts";
import { listCredentialIdsStatement } from "../sql/list-credential-ids.ts";
import { removePasskeyStatement } from "../sql/remove-passkey.ts";
import { renamePasskeyStatement } from "../sql/rename-passkey.ts";
import { checkRegistration, insistOnPlace, registrationShape } from "./check-passkey.ts";

const mostPasskeys = 20;
const nameShape = z.string().trim().min(1).max(100);

/** What an authenticator is asked for a new passkey. */
export function createPasskeyOptionsEndpoint(parts: SignInParts) {
  return createAuthEndpoint("/security/passkeys/options", signedInPost, async (ctx) => {
    const { rpId } = insistOnPlace(parts);
    const { session, user } = ctx.context.session;
    await insistOnConfirmed(parts.runner, session.id);
    const options = await generateRegistrationOptions({
      rpName: "Rehome",
      rpID: rpId,
      userName: user.email,
      userDisplayName: user.name === "" ? user.email : user.name,
      userID: new Uint8Array(Buffer.from(session.userId.replaceAll("-", ""), "hex")),
      attestationType: "none",
      excludeCredentials: await listCredentialIdsStatement.run(parts.runner, [session.userId]),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    await beginChallengeStatement.run(parts.runner, [hashSecret(options.challenge), session.userId, "ADD"]);
    return ctx.json(options);
  });
}

/** Keeps a passkey that an authenticator made for this person. */
export function createAddPasskeyEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/security/passkeys/add",
    { ...signedInPost, body: z.object({ name: nameShape, response: registrationShape }) },
    async (ctx) => {
      const { id, userId } = ctx.context.session.session;
      const { name, response } = ctx.body;
      const { credential, backedUp } = await checkRegistration(parts, response, userId);
      const passkeyId = await inTransaction(parts.pool, async (tx) => {
        const { person, ways } = await lockPerson(tx, userId);
        await insistOnConfirmed(tx, id);
        if (ways.passkeys >= mostPasskeys) {
          throw refused("TOO_MANY", `At most ${mostPasskeys} passkeys. Remove one that you no longer use.`);
        }
        const [added] = await addPasskeyStatement.run(tx, [
          userId,
          credential.id,
          Buffer.from(credential.publicKey),
          credential.counter,
          credential.transports ?? [],
          backedUp,
          name,
        ]);
        if (added === undefined) {
          throw refused("ALREADY_ADDED", "This passkey was added before.");
        }
        await parts.record(tx, person.account_id, { what: "PASSKEY_ADDED", name });
        return added.id;
      });
      return ctx.json({ id: passkeyId });
    },
  );
}

/** Another name for a passkey. */
export function createRenamePasskeyEndpoint({ runner }: SignInParts) {
  return createAuthEndpoint(
    "/security/passkeys/rename",
    { ...signedInPost, body: z.object({ id: z.uuid(), name: nameShape }) },
    async (ctx) => {
      const { userId } = ctx.context.session.session;
      const renamed = await renamePasskeyStatement.run(runner, [userId, ctx.body.id, ctx.body.name]);
      if (renamed.length === 0) {
        throw passkeyGone();
      }
      return ctx.json({ status: true });
    },
  );
}

/** Ends a passkey, unless it is the last way in. */
export function createRemovePasskeyEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/security/passkeys/remove",
    { ...signedInPost, body: z.object({ id: z.uuid() }) },
    async (ctx) => {
      const { id, userId } = ctx.context.session.session;
      await inTransaction(parts.pool, async (tx) => {
        const { person, ways } = await lockPerson(tx, userId);
        await insistOnConfirmed(tx, id);
        const [removed] = await removePasskeyStatement.run(tx, [userId, ctx.body.id]);
        if (removed === undefined) {
          throw passkeyGone();
        }
        if (ways.password === null && ways.passkeys === 1) {
          throw refused("LAST_WAY_IN", "This is your only way in. Add another passkey first.");
        }
        await parts.record(tx, person.account_id, { what: "PASSKEY_REMOVED", name: removed.name });
      });
      return ctx.json({ status: true });
    },
  );
}

function passkeyGone(): ReturnType<typeof refused> {
  return refused("PASSKEY_GONE", "There is no such passkey of yours. It may have been removed elsewhere.");
}
