import type { EntityManager } from "../../platform/database/orm.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import type { SecretBox } from "../../platform/secrets/secret-box.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { canonicalizeEmail } from "../directory/index.ts";
import { issueProof } from "../proof/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { confirmAddressLetter } from "./letters.ts";
import { lockFlagged, type LockedUser } from "./product-user.access.ts";
import { nameLogin } from "./product-user.view.ts";
import { openPasswordHash, sealPasswordHash } from "./sealed-hash.ts";
import { changeAddressStatement } from "./sql/change-address.ts";
import { countRecentLinksStatement } from "./sql/count-recent-links.ts";
import { endAddressLinksStatement } from "./sql/end-address-links.ts";
import { findAddressUseStatement } from "./sql/find-address-use.ts";
import { namePlaceStatement } from "./sql/name-place.ts";

/** What deciding about product users needs. */
export interface ProductUserDeps {
  outbox: Outbox;
  secrets: SecretBox;
}

/** Mails for one login in an hour: they go to whatever address somebody enters. */
const mostLinks = 5;

/**
 * Gives a flagged bot an address of its own (R57) and returns its id. Refused where the address has a login in the product
 * already, or in another one of the organization, which would leave it as it was.
 */
export async function makeAddressUnique(
  em: EntityManager,
  { secrets }: ProductUserDeps,
  actor: Actor,
  input: { productUserId: string; email: string },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const user = await lockFlagged(tx, actor, input.productUserId);
      const email = readAddress(input.email);
      await refuseTaken(tx, user, email);
      await refuseShared(tx, user, email);
      await moveToAddress(tx, secrets, user, email, null);
      await appendAuditEntry(tx, {
        organizationId: user.organizationId,
        actorAccountId: actor.accountId,
        action: "product_user.change_email",
        subjectType: "product_user",
        subjectId: user.id,
        summary: `${actor.name} gave the bot ${nameLogin(user)} of ${user.productName} the address ${email}`,
        before: { email: user.email },
        after: { email },
      });
      return user.id;
    }),
  );
}

/**
 * Sends a link with which whoever reads the mail confirms the address of a flagged bot (R57), its own or another one, which
 * it gets then. Ends every earlier link. Returns the bot's id.
 */
export async function askForConfirmation(
  em: EntityManager,
  { outbox }: ProductUserDeps,
  actor: Actor,
  input: { productUserId: string; email?: string | null },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const user = await lockFlagged(tx, actor, input.productUserId);
      const email = input.email == null ? user.email : readAddress(input.email);
      if (email !== user.email) {
        await refuseTaken(tx, user, email);
      }
      const [recent] = await countRecentLinksStatement.run(tx, [user.id]);
      if ((recent?.count ?? 0) >= mostLinks) {
        refuse(
          "TOO_MANY",
          `${mostLinks} mails for this bot went out in the last hour. Look into that mailbox, its spam folder too, or wait an hour.`,
        );
      }
      await sendLink(tx, outbox, actor, user, email);
      return user.id;
    }),
  );
}

async function sendLink(
  tx: EntityManager,
  outbox: Outbox,
  actor: Actor,
  user: LockedUser,
  email: string,
): Promise<void> {
  const { organizationId } = user;
  await endAddressLinksStatement.run(tx, [user.id]);
  const { proof, secret } = await issueProof(tx, {
    purpose: "VERIFY_PRODUCT_USER",
    email,
    accountId: null,
    organizationId,
    source: { type: "PRODUCT_USER", id: user.id },
    createdBy: actor.accountId,
  });
  const [place] = await namePlaceStatement.run(tx, [organizationId]);
  await outbox.queue(tx, {
    purpose: "proof.verify_product_user",
    about: proof.id,
    proofId: proof.id,
    to: email,
    organizationId,
    accountId: null,
    letter: confirmAddressLetter(
      user,
      { email, organizationName: place?.organizationName ?? "" },
      actor,
      secret,
    ),
  });
  await appendAuditEntry(tx, {
    organizationId,
    actorAccountId: actor.accountId,
    action: "product_user.ask_confirmation",
    subjectType: "product_user",
    subjectId: user.id,
    summary: `${actor.name} had ${email} asked to confirm the bot ${nameLogin(user)} of ${user.productName}`,
    after: { email },
  });
}

/** Refused where another login of the product has the address. */
export async function refuseTaken(tx: StatementRunner, user: LockedUser, email: string): Promise<void> {
  const uses = await findAddressUseStatement.run(tx, [user.organizationId, email]);
  if (uses.some(({ productId }) => productId === user.productId)) {
    refuse(
      "ALREADY_EXISTS",
      email === user.email
        ? `${email} is this bot's address already. Enter another one.`
        : `${email} is taken: another login of ${user.productName} has it. Enter another one.`,
      { field: "email" },
    );
  }
}

async function refuseShared(tx: StatementRunner, user: LockedUser, email: string): Promise<void> {
  const uses = await findAddressUseStatement.run(tx, [user.organizationId, email]);
  if (uses.length > 0) {
    const names = uses.map(({ name }) => name).join(", ");
    refuse(
      "ALREADY_EXISTS",
      `${email} has logins on ${names}, so the bot would still share it. Enter another one.`,
      {
        field: "email",
      },
    );
  }
}

/** Sets the address and what proves it, and seals the password hash anew: it opens for the login's address alone. */
export async function moveToAddress(
  tx: StatementRunner,
  secrets: SecretBox,
  user: LockedUser,
  email: string,
  proofId: string | null,
): Promise<void> {
  const { sealedHash } = user;
  const sealed =
    sealedHash === null || email === user.email
      ? sealedHash
      : sealPasswordHash(secrets, { ...user, email }, openPasswordHash(secrets, user, sealedHash));
  await endAddressLinksStatement.run(tx, [user.id]);
  await changeAddressStatement.run(tx, [user.id, email, sealed, proofId]);
}

function readAddress(text: string): string {
  const judged = canonicalizeEmail(text);
  return judged.status === "ok" ? judged.email : refuse("INVALID_INPUT", judged.reason, { field: "email" });
}
