import { Router, type Express } from "express";
import { z } from "zod";
import { inTransaction } from "../../platform/database/pool-transaction.ts";
import {
  answer,
  guard,
  insistOnPerson,
  limit,
  readBody,
  RecoveryFault,
  refuseBody,
  type RecoveryParts,
} from "../recovery/index.ts";
import { createRateLimitStorage } from "../sign-in/index.ts";
import { askClosing } from "./ask-closing.ts";

/** Tries per account in ten minutes: each of them tries a password. */
const mostTries = 10;

const askBody = z.object({
  password: z.string().max(1_024, "is too long"),
  code: z.string().max(64).nullish(),
  reason: z.string().trim().max(500, "Give the reason in 500 characters at most.").default(""),
});

/**
 * Serves POST /api/recovery/close-account: somebody who is signed in asks for their account to be closed. Beside the API,
 * like every other request that brings a password.
 */
export function mountClosing(app: Express, parts: RecoveryParts): void {
  const limits = createRateLimitStorage(parts.pool);
  const router = Router();
  router.use(...guard(parts));
  router.post(
    "/close-account",
    answer(parts, async (request) => {
      const actor = await parts.loadActor(request);
      if (actor === null) {
        throw new RecoveryFault("UNAUTHENTICATED", "Sign in first.");
      }
      const { code, password, reason } = readBody(request, askBody);
      await limit(limits, `closing:${actor.accountId}`, { window: 600, max: mostTries });
      await insistOnPerson(parts, actor.accountId, { password, code: code ?? null });
      await inTransaction(parts.pool, (tx) => askClosing(tx, parts.outbox, actor, reason));
      return {};
    }),
  );
  router.use(refuseBody);
  app.use("/api/recovery", router);
}
