import type { BetterAuthPlugin } from "better-auth";
import {
  APIError,
  createAuthEndpoint,
  formCsrfMiddleware,
  sensitiveSessionMiddleware,
} from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import type { Pool } from "pg";
import { insistOnProof } from "./insist-on-proof.ts";
import { hashOfNobody } from "./password-hash.ts";
import { readSessionHandle } from "./session-token-adapter.ts";

/** Brings an address as typed into the stored form; anything but "ok" belongs to nobody here. */
export type CanonicalizeEmail = (
  raw: string,
) => { status: "ok"; email: string } | { status: "unsupported" | "invalid" };

const signInBody = z.object({ email: z.string(), password: z.string(), rememberMe: z.boolean().optional() });

/**
 * Our versions of three of better-auth's endpoints, under its own keys and paths so that they replace them.
 * Its email sign-in refuses addresses the directory accepts (`a&b@example.com`, top-level domains such as
 * `xn--p1ai`) and its two ways to end sessions compare tokens, which here are hashes.
 */
export function createAuthEndpoints(canonicalizeEmail: CanonicalizeEmail, pool: Pool) {
  return {
    id: "rehome-sign-in",
    endpoints: {
      signInEmail: createSignInEndpoint(canonicalizeEmail, pool),
      revokeSession: createRevokeSessionEndpoint(),
      revokeOtherSessions: createRevokeOtherSessionsEndpoint(),
    },
  } satisfies BetterAuthPlugin;
}

function createSignInEndpoint(canonicalizeEmail: CanonicalizeEmail, pool: Pool) {
  return createAuthEndpoint(
    "/sign-in/email",
    { method: "POST", use: [formCsrfMiddleware], body: signInBody },
    async (ctx) => {
      const { adapter, internalAdapter, password } = ctx.context;
      const canonical = canonicalizeEmail(ctx.body.email);
      const found =
        canonical.status === "ok"
          ? await internalAdapter.findUserByEmail(canonical.email, { includeAccounts: true })
          : null;
      const credential = found?.accounts.find(
        (account) => account.providerId === "credential" && account.accountId === found.user.id,
      );
      // Always one check of the same cost, so that neither body nor time tells whether the address is known.
      const isRight = await password.verify({
        hash: credential?.password ?? hashOfNobody,
        password: ctx.body.password,
      });
      if (found === null || !isRight) {
        throw new APIError("UNAUTHORIZED", {
          code: "INVALID_EMAIL_OR_PASSWORD",
          message: "The email or the password is wrong.",
        });
      }
      const { user } = found;
      await insistOnProof(pool, user.id);
      await adapter.deleteMany({
        model: "session",
        where: [
          { field: "userId", value: user.id },
          { field: "expiresAt", operator: "lt", value: new Date() },
        ],
      });
      const isForgotten = ctx.body.rememberMe === false;
      const session = await internalAdapter.createSession(user.id, isForgotten);
      await setSessionCookie(ctx, { session, user }, isForgotten);
      return ctx.json({ user: { email: user.email, name: user.name }, expiresAt: session.expiresAt });
    },
  );
}

function createRevokeSessionEndpoint() {
  return createAuthEndpoint(
    "/revoke-session",
    {
      method: "POST",
      use: [sensitiveSessionMiddleware],
      requireHeaders: true,
      // Named `token` as in better-auth's client; it holds the handle that its session list shows there.
      body: z.object({ token: z.string() }),
    },
    async (ctx) => {
      const sessionId = readSessionHandle(ctx.body.token);
      if (sessionId !== null) {
        await ctx.context.adapter.deleteMany({
          model: "session",
          where: [
            { field: "id", value: sessionId },
            { field: "userId", value: ctx.context.session.user.id },
          ],
        });
      }
      return ctx.json({ status: true });
    },
  );
}

function createRevokeOtherSessionsEndpoint() {
  return createAuthEndpoint(
    "/revoke-other-sessions",
    { method: "POST", use: [sensitiveSessionMiddleware], requireHeaders: true },
    async (ctx) => {
      const { session } = ctx.context.session;
      await ctx.context.adapter.deleteMany({
        model: "session",
        where: [
          { field: "userId", value: session.userId },
          { field: "id", operator: "ne", value: session.id },
        ],
      });
      return ctx.json({ status: true });
    },
  );
}
