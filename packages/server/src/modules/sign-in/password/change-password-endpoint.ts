import { createAuthEndpoint } from "better-auth/api";
import { z } from "zod";
import { refused, wrongOwnPassword } from "../endpoint-answers.ts";
import { inTransaction } from "../../../platform/database/pool-transaction.ts";
import { lockPerson } from "../prove-person.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { signedInPost } from "../signed-in.ts";
import { endSignInsStatement } from "../sql/end-sign-ins.ts";
import { loadWaysInStatement } from "../sql/load-ways-in.ts";
import { replaceHashStatement } from "../sql/replace-hash.ts";
import { giveSession, renewSession } from "../start-session.ts";
import { findNewPasswordProblem } from "./new-password.ts";
import { hashOfNobody } from "./password-hash.ts";

/**
 * Changes the person's password. Whoever does may do it because somebody else knows the old one: every other session
 * and every remembered browser ends in the same transaction, and the session that asks gets a new token.
 */
export function createChangePasswordEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/change-password",
    {
      ...signedInPost,
      body: z.object({ currentPassword: z.string(), newPassword: z.string() }),
    },
    async (ctx) => {
      const { session } = ctx.context.session;
      const { currentPassword, newPassword } = ctx.body;
      const [ways] = await loadWaysInStatement.run(parts.runner, [session.userId]);
      const before = ways?.password ?? hashOfNobody;
      if (!(await ctx.context.password.verify({ hash: before, password: currentPassword }))) {
        throw wrongOwnPassword();
      }
      // Hashed before the lock, which nobody should wait for; measured under it, as the second step may go off.
      const hash = await ctx.context.password.hash(newPassword);
      const { person, started } = await inTransaction(parts.pool, async (tx) => {
        const locked = await lockPerson(tx, session.userId);
        const problem = await findNewPasswordProblem(tx, locked.person.account_id, newPassword);
        if (problem !== null) {
          throw refused(problem.code, problem.message);
        }
        const replaced = await replaceHashStatement.run(tx, [session.userId, before, hash]);
        const renewed = await renewSession(tx, session.id);
        if (replaced.length === 0 || renewed === null) {
          throw wrongOwnPassword();
        }
        await endSignInsStatement.run(tx, [session.userId, session.id]);
        await parts.record(tx, locked.person.account_id, { what: "PASSWORD_CHANGED" });
        return { person: locked.person, started: renewed };
      });
      await giveSession(ctx, person, started);
      return ctx.json({ status: true });
    },
  );
}
