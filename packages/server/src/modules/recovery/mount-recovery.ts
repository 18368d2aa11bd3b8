import { Router, type Express, type Request } from "express";
import { z } from "zod";
import { canonicalizeEmail, maskEmail } from "../directory/index.ts";
import { createRateLimitStorage, type Actor, type RateLimitStorage } from "../sign-in/index.ts";
import { answer, guard, limit, readBody, refuseBody } from "./answers.ts";
import { askForChange, dropChange, findPendingChange } from "./ask-email-change.ts";
import { onConnection } from "../../platform/database/pool-transaction.ts";
import { RecoveryFault } from "./recovery-fault.ts";
import type { RecoveryParts } from "./recovery-parts.ts";
import { confirmChange, refuseChange } from "./settle-email-change.ts";
import { findLink, setPasswordByLink, type PasswordPurpose } from "./set-password.ts";
import { recordWishStatement } from "./sql/record-wish.ts";

/** Where the endpoints live. */
const recoveryPath = "/api/recovery";
const minute = 60;
/** Changes of address asked for per account in ten minutes: each of them tries a password. */
const mostChanges = 10;

const secret = z.string().regex(/^[\w-]{43}$/, "is no code of a link");
const password = z.string().max(1_024, "is too long");
const addressBody = z.object({ email: z.string().max(1_024) });
const secretBody = z.object({ secret });
const linkBody = z.object({
  secret,
  purpose: z.enum([
    "RESET_PASSWORD",
    "VERIFY_EMAIL",
    "FINISH_ACCOUNT",
    "CHANGE_EMAIL",
    "CANCEL_EMAIL_CHANGE",
    "LINK_SERVICE",
  ]),
});
const passwordBody = z.object({ secret, password, endTokens: z.boolean().default(false) });
const finishBody = z.object({
  secret,
  password,
  name: z.string().trim().min(1, "Enter your name.").max(200, "is too long"),
});
const changeBody = z.object({
  newEmail: z.string().max(1_024),
  password,
  code: z.string().max(64).nullish(),
});

/**
 * Serves recovery at /api/recovery/*: what people do who cannot sign in, and the change of one's address. JSON, from
 * our own pages only, counted per client address.
 */
export function mountRecovery(app: Express, parts: RecoveryParts): void {
  const limits = createRateLimitStorage(parts.pool);
  const router = Router();
  router.use(...guard(parts));
  router.get("/contact", (_request, response) => {
    response.json({ supportContact: parts.supportContact });
  });
  mountWishes(router, parts, limits);
  mountLinks(router, parts, limits);
  mountEmailChange(router, parts, limits);
  router.use(refuseBody);
  app.use(recoveryPath, router);
}

/** What a stranger asks for: one statement that costs the same whoever has the address; the mail is written later. */
function mountWishes(router: Router, parts: RecoveryParts, limits: RateLimitStorage): void {
  const wish = (purpose: "RESET_PASSWORD" | "VERIFY_EMAIL") =>
    answer(
      parts,
      async (request) => {
        await limit(limits, `wish:${request.ip}`, { window: minute, max: parts.requestsPerMinute });
        const { email } = readBody(request, addressBody);
        const canonical = canonicalizeEmail(email);
        if (canonical.status !== "ok") {
          throw new RecoveryFault("BAD_INPUT", canonical.reason, { field: "email" });
        }
        await onConnection(parts.pool, (runner) =>
          recordWishStatement.run(runner, [purpose, canonical.email]),
        );
        return {};
      },
      202,
    );
  router.post("/request-password-reset", wish("RESET_PASSWORD"));
  router.post("/send-verification", wish("VERIFY_EMAIL"));
}

function mountLinks(router: Router, parts: RecoveryParts, limits: RateLimitStorage): void {
  const counted = (work: (request: Request) => Promise<unknown>) =>
    answer(parts, async (request) => {
      await limit(limits, `link:${request.ip}`, { window: minute, max: parts.requestsPerMinute });
      return work(request);
    });
  const withPassword = (purpose: PasswordPurpose) =>
    counted((request) =>
      setPasswordByLink(parts, purpose, { ...readBody(request, passwordBody), name: null }),
    );
  router.post(
    "/proof",
    counted(async (request) => {
      const { secret: given, purpose } = readBody(request, linkBody);
      const { proof, account } = await findLink(parts, given, purpose);
      // Whoever holds the link got it at the proof's address; the account's other address is theirs to recognise only.
      const isOther = account.email !== proof.email;
      const { expiresAt, email } = proof;
      return {
        purpose,
        email,
        name: purpose === "FINISH_ACCOUNT" ? account.name : null,
        accountEmail: isOther ? maskEmail(account.email) : account.email,
        expiresAt,
      };
    }),
  );
  router.post("/reset-password", withPassword("RESET_PASSWORD"));
  router.post("/verify-email", withPassword("VERIFY_EMAIL"));
  router.post(
    "/finish-account",
    counted((request) =>
      setPasswordByLink(parts, "FINISH_ACCOUNT", { ...readBody(request, finishBody), endTokens: false }),
    ),
  );
  router.post(
    "/change-email/confirm",
    counted(async (request) =>
      confirmChange(parts, readBody(request, secretBody).secret, await parts.loadActor(request)),
    ),
  );
  router.post(
    "/change-email/refuse",
    counted((request) => refuseChange(parts, readBody(request, secretBody).secret)),
  );
}

function mountEmailChange(router: Router, parts: RecoveryParts, limits: RateLimitStorage): void {
  const signedIn = (work: (request: Request, actor: Actor) => Promise<unknown>) =>
    answer(parts, async (request) => {
      const actor = await parts.loadActor(request);
      if (actor === null) {
        throw new RecoveryFault("UNAUTHENTICATED", "Sign in first.");
      }
      return work(request, actor);
    });
  router.get(
    "/change-email",
    signedIn(async (_request, actor) => ({
      email: actor.email,
      pending: await findPendingChange(parts, actor.accountId),
    })),
  );
  router.post(
    "/change-email",
    signedIn(async (request, actor) => {
      const { newEmail, password: given, code } = readBody(request, changeBody);
      await limit(limits, `change:${actor.accountId}`, { window: 10 * minute, max: mostChanges });
      const pending = await askForChange(parts, actor, { newEmail, password: given, code: code ?? null });
      return { email: actor.email, pending };
    }),
  );
  router.post(
    "/change-email/drop",
    signedIn(async (_request, actor) => {
      await dropChange(parts, actor);
      return { email: actor.email, pending: null };
    }),
  );
}
