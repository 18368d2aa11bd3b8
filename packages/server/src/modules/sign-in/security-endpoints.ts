import { createAuthEndpoint } from "better-auth/api";
import { z } from "zod";
import { deviceCookie, readSecretHash } from "./cookies.ts";
import { confirmedMinutes, withProof } from "./prove-person.ts";
import type { SignInParts } from "./sign-in-parts.ts";
import { signedIn, signedInPost } from "./signed-in.ts";
import { confirmSessionStatement } from "./sql/confirm-session.ts";
import { findConfirmationStatement } from "./sql/find-confirmation.ts";
import { forgetDevicesStatement } from "./sql/forget-devices.ts";
import { listDevicesStatement } from "./sql/list-devices.ts";
import { listPasskeysStatement } from "./sql/list-passkeys.ts";
import { loadWaysInStatement } from "./sql/load-ways-in.ts";

/** How the person gets in: everything that their page of security shows. */
export function createOverviewEndpoint({ runner, passkeyPlace }: SignInParts) {
  return createAuthEndpoint("/security/overview", { method: "GET", ...signedIn }, async (ctx) => {
    const { id, userId } = ctx.context.session.session;
    const [ways] = await loadWaysInStatement.run(runner, [userId]);
    const [confirmation] = await findConfirmationStatement.run(runner, [id, confirmedMinutes]);
    return ctx.json({
      email: ctx.context.session.user.email,
      hasPassword: ways?.password != null,
      confirmedUntil: confirmation?.is_recent === true ? confirmation.confirmed_until : null,
      twoStep: {
        since: ways?.two_step_since ?? null,
        recoveryCodesLeft: ways?.recovery_codes_left ?? 0,
        lockedUntil: ways?.locked_until ?? null,
      },
      passkeys: await listPasskeysStatement.run(runner, [userId]),
      passkeyOrigin: passkeyPlace?.origin ?? null,
      devices: await listDevicesStatement.run(runner, [userId, readSecretHash(ctx, deviceCookie)]),
    });
  });
}

/** Shows that it is them, with the password and, where it is on, a code; it holds for ten minutes. */
export function createConfirmEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/security/confirm",
    {
      ...signedInPost,
      body: z.object({ password: z.string(), code: z.string().max(100).optional() }),
    },
    async (ctx) => {
      const { id, userId } = ctx.context.session.session;
      await withProof(ctx, parts, userId, ctx.body, ({ tx }) => confirmSessionStatement.run(tx, [id]));
      return ctx.json({ status: true });
    },
  );
}

/** One browser, or all of them, is asked for the second step again. */
export function createForgetDevicesEndpoint({ runner }: SignInParts) {
  return createAuthEndpoint(
    "/security/devices/forget",
    { ...signedInPost, body: z.object({ id: z.uuid().optional() }) },
    async (ctx) => {
      const { userId } = ctx.context.session.session;
      const gone = await forgetDevicesStatement.run(runner, [userId, ctx.body.id ?? null]);
      return ctx.json({ forgotten: gone.length });
    },
  );
}
