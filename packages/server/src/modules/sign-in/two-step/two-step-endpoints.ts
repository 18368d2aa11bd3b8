import { randomBytes } from "node:crypto";
import { createAuthEndpoint } from "better-auth/api";
import { z } from "zod";
import { refused } from "../endpoint-answers.ts";
import { inTransaction } from "../../../platform/database/pool-transaction.ts";
import { countCharacters, minPasswordLength } from "../password/password-rules.ts";
import { insistOnConfirmed, lockPerson, withProof, type LockedPerson } from "../prove-person.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { signedInPost } from "../signed-in.ts";
import { acceptStepStatement } from "../sql/accept-step.ts";
import { beginTwoStepStatement } from "../sql/begin-two-step.ts";
import { replaceRecoveryCodesStatement } from "../sql/replace-recovery-codes.ts";
import { turnOffTwoStepStatement } from "../sql/turn-off-two-step.ts";
import { turnOnTwoStepStatement } from "../sql/turn-on-two-step.ts";
import { hashRecoveryCode, makeRecoveryCodes } from "./recovery-codes.ts";
import { openTotpSecret, sealTotpSecret } from "./sealed-secret.ts";
import { encodeBase32, findTotpStep, makeTotpUri, secretBytes } from "./totp.ts";

/** Makes a secret for an authenticator app. Nothing is asked for at sign-in before the app has shown a right code. */
export function createBeginEndpoint(parts: SignInParts) {
  return createAuthEndpoint("/security/two-step/begin", signedInPost, async (ctx) => {
    const { session } = ctx.context.session;
    const secret = randomBytes(secretBytes);
    const person = await inTransaction(parts.pool, async (tx) => {
      const locked = await lockPerson(tx, session.userId);
      await insistOnConfirmed(tx, session.id);
      if (locked.ways.password === null) {
        throw refused("PASSWORD_NEEDED", "Two-step sign-in adds to a password, and you have none.");
      }
      const sealed = sealTotpSecret(parts.secrets, session.userId, secret);
      if ((await beginTwoStepStatement.run(tx, [session.userId, sealed])).length === 0) {
        throw refused("TWO_STEP_ON", "Two-step sign-in is on already. Turn it off to use another app.");
      }
      return locked.person;
    });
    const uri = makeTotpUri(secret, { issuer: "Rehome", account: person.email });
    return ctx.json({ key: encodeBase32(secret), uri });
  });
}

/** Turns two-step sign-in on with a first code of the app, and shows the recovery codes, this once. */
export function createConfirmTwoStepEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/security/two-step/confirm",
    { ...signedInPost, body: z.object({ code: z.string().max(100) }) },
    async (ctx) => {
      const { session } = ctx.context.session;
      const recoveryCodes = await inTransaction(parts.pool, async (tx) => {
        const locked = await lockPerson(tx, session.userId);
        await insistOnConfirmed(tx, session.id);
        await acceptFirstCode(parts, locked, ctx.body.code);
        await turnOnTwoStepStatement.run(tx, [session.userId]);
        await parts.record(tx, locked.person.account_id, { what: "TWO_STEP_ON" });
        return replaceRecoveryCodes(locked);
      });
      return ctx.json({ recoveryCodes });
    },
  );
}

/** Ten new recovery codes in the place of the old ones. */
export function createRecoveryCodesEndpoint(parts: SignInParts) {
  return createAuthEndpoint("/security/two-step/recovery-codes", signedInPost, async (ctx) => {
    const { session } = ctx.context.session;
    const recoveryCodes = await inTransaction(parts.pool, async (tx) => {
      const locked = await lockPerson(tx, session.userId);
      await insistOnConfirmed(tx, session.id);
      if (locked.ways.two_step_since === null) {
        throw refused("TWO_STEP_OFF", "Turn two-step sign-in on first.");
      }
      await parts.record(tx, locked.person.account_id, { what: "RECOVERY_CODES_RENEWED" });
      return replaceRecoveryCodes(locked);
    });
    return ctx.json({ recoveryCodes });
  });
}

/** Turns two-step sign-in off: needs the password and a code in the same request. */
export function createTurnOffEndpoint(parts: SignInParts) {
  return createAuthEndpoint(
    "/security/two-step/turn-off",
    { ...signedInPost, body: z.object({ password: z.string(), code: z.string().max(100) }) },
    async (ctx) => {
      const { userId } = ctx.context.session.session;
      await withProof(ctx, parts, userId, ctx.body, async ({ tx, person, ways }) => {
        if (ways.two_step_since === null) {
          throw refused("TWO_STEP_OFF", "Two-step sign-in is off already.");
        }
        if (countCharacters(ctx.body.password) < minPasswordLength) {
          throw refused(
            "PASSWORD_TOO_SHORT",
            `Without the second step a password has at least ${minPasswordLength} characters. Change yours first.`,
          );
        }
        await turnOffTwoStepStatement.run(tx, [userId]);
        await parts.record(tx, person.account_id, { what: "TWO_STEP_OFF" });
      });
      return ctx.json({ status: true });
    },
  );
}

/** Checks the app against the secret that was just made. Wrong codes are not counted: whoever asks has seen the secret. */
async function acceptFirstCode(
  { secrets }: SignInParts,
  { tx, person, ways }: LockedPerson,
  typed: string,
): Promise<void> {
  if (ways.sealed_secret === null || ways.two_step_since !== null) {
    throw refused("NOT_BEGUN", "Start again: this set-up is over or was finished elsewhere.");
  }
  const secret = openTotpSecret(secrets, person.user_id, ways.sealed_secret);
  const step = findTotpStep(secret, typed.replaceAll(/\s/g, ""), ways.seconds);
  if (step === null) {
    throw refused(
      "WRONG_CODE",
      "This is not the code of the moment. Check that the clock of your phone sets itself, then enter the next one.",
    );
  }
  if ((await acceptStepStatement.run(tx, [person.user_id, step])).length === 0) {
    throw refused("CODE_USED", "This code was used before. Wait for the next one.");
  }
}

async function replaceRecoveryCodes({ tx, person }: LockedPerson): Promise<string[]> {
  const codes = makeRecoveryCodes();
  const hashes = codes.map((code) => hashRecoveryCode(person.user_id, code));
  await replaceRecoveryCodesStatement.run(tx, [person.user_id, hashes]);
  return codes;
}
