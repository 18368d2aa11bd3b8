import { createAuthEndpoint } from "better-auth/api";
import { deleteSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { inTransaction } from "../../platform/database/pool-transaction.ts";
import { lockPerson } from "./prove-person.ts";
import { readSessionHandle } from "./session-token-adapter.ts";
import type { SignInParts } from "./sign-in-parts.ts";
import { signedInPost } from "./signed-in.ts";
import { endSignInsStatement } from "./sql/end-sign-ins.ts";

/** Ends one session, by the handle of the list. better-auth's own compares tokens, which here are hashes. */
export function createRevokeSessionEndpoint() {
  return createAuthEndpoint(
    "/revoke-session",
    {
      ...signedInPost,
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

/** Ends every other session, and what would let a browser in without the second step. */
export function createRevokeOtherSessionsEndpoint({ pool }: SignInParts) {
  return createAuthEndpoint("/revoke-other-sessions", signedInPost, async (ctx) => {
    const { session } = ctx.context.session;
    await inTransaction(pool, async (tx) => {
      await lockPerson(tx, session.userId);
      await endSignInsStatement.run(tx, [session.userId, session.id]);
    });
    return ctx.json({ status: true });
  });
}

/** Ends every session, this one as well. */
export function createRevokeSessionsEndpoint({ pool }: SignInParts) {
  return createAuthEndpoint("/revoke-sessions", signedInPost, async (ctx) => {
    const { userId } = ctx.context.session.session;
    await inTransaction(pool, async (tx) => {
      await lockPerson(tx, userId);
      await endSignInsStatement.run(tx, [userId, null]);
    });
    deleteSessionCookie(ctx);
    return ctx.json({ status: true });
  });
}
