import { createAuthEndpoint, formCsrfMiddleware } from "better-auth/api";
import { z } from "zod";
import { hashSecret, makeCookieSecret } from "./cookie-secret.ts";
import {
  deviceCookie,
  pendingCookie,
  readSecretHash,
  setSecretCookie,
  type EndpointContext,
} from "./cookies.ts";
import { codesLocked, wrongPassword } from "./endpoint-answers.ts";
import { inTransaction } from "../../platform/database/pool-transaction.ts";
import { insistOnProof } from "./insist-on-proof.ts";
import { hashOfNobody, needsRehash } from "./password/password-hash.ts";
import type { SignInParts } from "./sign-in-parts.ts";
import { beginPendingStatement } from "./sql/begin-pending.ts";
import { findCredentialStatement } from "./sql/find-credential.ts";
import { loadWaysInStatement } from "./sql/load-ways-in.ts";
import { lockPersonStatement, type PersonRow } from "./sql/lock-person.ts";
import { replaceHashStatement } from "./sql/replace-hash.ts";
import { useDeviceStatement } from "./sql/use-device.ts";
import { giveSession, startSession, type StartedSession } from "./start-session.ts";

const signInBody = z.object({ email: z.string(), password: z.string(), rememberMe: z.boolean().optional() });

/** How a sign-in goes on after its first step. */
type FirstStep =
  | { next: "session"; person: PersonRow; started: StartedSession }
  | { next: "code"; secret: string; expiresAt: Date }
  | { next: "locked"; until: Date };

/** Whose password it was, and the stored hash that it fits. */
interface CheckedPassword {
  userId: string;
  hash: string;
}

/** Email and password, in the place of better-auth's own, which refuses addresses the directory accepts. */
export function createSignInEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/sign-in/email",
    { method: "POST", use: [formCsrfMiddleware], body: signInBody },
    async (ctx) => {
      const remember = ctx.body.rememberMe !== false;
      // Again when the password changed in between, or another sign-in put a hash of ours in an imported one's place.
      const step =
        (await takeFirstStep(ctx, parts, await checkPassword(ctx, parts, ctx.body), remember)) ??
        (await takeFirstStep(ctx, parts, await checkPassword(ctx, parts, ctx.body), remember));
      if (step === null) {
        throw wrongPassword();
      }
      if (step.next === "locked") {
        throw codesLocked(step.until);
      }
      if (step.next === "code") {
        setSecretCookie(ctx, pendingCookie, step.secret);
        return ctx.json({ twoStep: true, expiresAt: step.expiresAt });
      }
      return ctx.json(await giveSession(ctx, step.person, step.started));
    },
  );
}

/** Always one check of the same cost, so that neither body nor time tells whether the address is known. */
async function checkPassword(
  ctx: EndpointContext,
  { runner, canonicalizeEmail }: SignInParts,
  given: { email: string; password: string },
): Promise<CheckedPassword> {
  const canonical = canonicalizeEmail(given.email);
  const [found] =
    canonical.status === "ok" ? await findCredentialStatement.run(runner, [canonical.email]) : [];
  const { password } = ctx.context;
  const hash = found?.password ?? hashOfNobody;
  const isRight = await password.verify({ hash, password: given.password });
  if (found === undefined || !isRight) {
    throw wrongPassword();
  }
  await insistOnProof(runner, found.user_id);
  if (!needsRehash(hash)) {
    return { userId: found.user_id, hash };
  }
  const renewed = await password.hash(given.password);
  await replaceHashStatement.run(runner, [found.user_id, hash, renewed]);
  return { userId: found.user_id, hash: renewed };
}

/** Null when the password changed since it was checked. */
async function takeFirstStep(
  ctx: EndpointContext,
  parts: SignInParts,
  { userId, hash }: CheckedPassword,
  remember: boolean,
): Promise<FirstStep | null> {
  const deviceHash = readSecretHash(ctx, deviceCookie);
  return inTransaction(parts.pool, async (tx): Promise<FirstStep | null> => {
    const [person] = await lockPersonStatement.run(tx, [userId]);
    const [ways] = await loadWaysInStatement.run(tx, [userId]);
    if (person === undefined || ways?.password !== hash) {
      return null;
    }
    const devices = deviceHash === null ? [] : await useDeviceStatement.run(tx, [userId, deviceHash]);
    if (ways.two_step_since === null || devices.length > 0) {
      return { next: "session", person, started: await startSession(tx, ctx, userId, remember) };
    }
    if (ways.locked_until !== null) {
      return { next: "locked", until: ways.locked_until };
    }
    const secret = makeCookieSecret();
    const [pending] = await beginPendingStatement.run(tx, [userId, hashSecret(secret), remember]);
    if (pending === undefined) {
      throw new Error("The sign-in between its steps was not returned");
    }
    return { next: "code", secret, expiresAt: pending.expires_at };
  });
}
