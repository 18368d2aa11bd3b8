import { createAuthEndpoint, formCsrfMiddleware } from "better-auth/api";
import { z } from "zod";
import { hashSecret, makeCookieSecret } from "../cookie-secret.ts";
import {
  deviceCookie,
  dropSecretCookie,
  pendingCookie,
  readSecretHash,
  setSecretCookie,
  type EndpointContext,
} from "../cookies.ts";
import { insistOnRight, signInRanOut } from "../endpoint-answers.ts";
import { inTransaction } from "../../../platform/database/pool-transaction.ts";
import { lockPerson } from "../prove-person.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { findPendingStatement } from "../sql/find-pending.ts";
import type { PersonRow } from "../sql/lock-person.ts";
import { rememberDeviceStatement } from "../sql/remember-device.ts";
import { endPendingStatement } from "../sql/end-pending.ts";
import { giveSession, startSession, type StartedSession } from "../start-session.ts";
import { spendCode, type SpentCode } from "./spend-code.ts";

/** Whether the browser is between the two steps, for its page. */
export function createPendingEndpoint({ runner }: SignInParts) {
  return createAuthEndpoint("/sign-in/two-step/state", { method: "GET" }, async (ctx) => {
    const hash = readSecretHash(ctx, pendingCookie);
    const [pending] = hash === null ? [] : await findPendingStatement.run(runner, [hash]);
    if (pending === undefined) {
      throw signInRanOut();
    }
    return ctx.json({
      email: pending.email,
      expiresAt: pending.expires_at,
      lockedUntil: pending.locked_until,
    });
  });
}

/** The second step: a code of the authenticator app or a recovery code. */
export function createTwoStepEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/sign-in/two-step",
    {
      method: "POST",
      use: [formCsrfMiddleware],
      body: z.object({ code: z.string().max(100), rememberDevice: z.boolean().optional() }),
    },
    async (ctx) => {
      const deviceSecret = ctx.body.rememberDevice === true ? makeCookieSecret() : null;
      const step = await takeSecondStep(ctx, parts, ctx.body.code, deviceSecret);
      if (step === null) {
        throw signInRanOut();
      }
      if ("spent" in step) {
        insistOnRight(step.spent);
        throw signInRanOut();
      }
      dropSecretCookie(ctx, pendingCookie);
      if (deviceSecret !== null) {
        setSecretCookie(ctx, deviceCookie, deviceSecret);
      }
      return ctx.json(await giveSession(ctx, step.person, step.started));
    },
  );
}

/** Null when the sign-in is no longer between its steps; `spent` when the code was not right, which is then counted. */
async function takeSecondStep(
  ctx: EndpointContext,
  parts: SignInParts,
  code: string,
  deviceSecret: string | null,
): Promise<{ spent: SpentCode } | { person: PersonRow; started: StartedSession } | null> {
  const hash = readSecretHash(ctx, pendingCookie);
  const [pending] = hash === null ? [] : await findPendingStatement.run(parts.runner, [hash]);
  if (pending === undefined) {
    return null;
  }
  return inTransaction(parts.pool, async (tx) => {
    const { person, ways } = await lockPerson(tx, pending.user_id);
    // Looked at again under the lock: another tab may have got in, or the password may have changed.
    const [still] = await findPendingStatement.run(tx, [hash]);
    if (still === undefined) {
      return null;
    }
    const spent = await spendCode(tx, parts, person, ways, code);
    if (spent.is !== "right") {
      return { spent };
    }
    await endPendingStatement.run(tx, [hash]);
    if (deviceSecret !== null) {
      const agent = ctx.headers?.get("user-agent") ?? "";
      await rememberDeviceStatement.run(tx, [person.user_id, hashSecret(deviceSecret), agent]);
    }
    return { person, started: await startSession(tx, ctx, person.user_id, still.remember) };
  });
}
