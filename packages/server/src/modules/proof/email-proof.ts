import { createHash, randomBytes } from "node:crypto";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { consumeProofStatement } from "./sql/consume-proof.ts";
import { holdAccountStatement } from "./sql/hold-account.ts";
import { findProofStatement } from "./sql/find-proof.ts";
import { issueProofStatement } from "./sql/issue-proof.ts";
import type { ProofRow } from "./sql/proof-columns.ts";
import { revokeProofsStatement } from "./sql/revoke-proofs.ts";

/** What a proof may be used for; a proof for one thing is none for another. */
export type ProofPurpose =
  | "VERIFY_EMAIL"
  | "RESET_PASSWORD"
  | "CHANGE_EMAIL"
  | "CANCEL_EMAIL_CHANGE"
  | "LINK_SERVICE"
  | "VERIFY_PRODUCT_USER"
  | "FINISH_ACCOUNT"
  | "INVITATION"
  | "OWNERSHIP";

/** What a proof is bound to (TRUST I3). All ids are UUIDs. */
export interface ProofBinding {
  purpose: ProofPurpose;
  /** The canonical address to prove; the secret goes there and nowhere else. */
  email: string;
  /** The account it counts for; null where it is yet to be made. */
  accountId: string | null;
  organizationId?: string | null;
  migrationId?: string | null;
  itemId?: string | null;
  /** The identity that the account may be linked to. */
  source?: { type: string; id: string } | null;
  /** Who asked for it; null when a stranger at the sign-in page did. */
  createdBy?: string | null;
}

/** A proof as kept; what it is bound to, never its secret. */
export interface EmailProof extends Required<ProofBinding> {
  id: string;
  createdAt: Date;
  expiresAt: Date;
}

/** Minutes; the database refuses longer ones. */
const lifetimes: Record<ProofPurpose, number> = {
  VERIFY_EMAIL: 10,
  RESET_PASSWORD: 10,
  CHANGE_EMAIL: 10,
  CANCEL_EMAIL_CHANGE: 10,
  LINK_SERVICE: 10,
  VERIFY_PRODUCT_USER: 10,
  FINISH_ACCOUNT: 72 * 60,
  INVITATION: 72 * 60,
  OWNERSHIP: 72 * 60,
};

/**
 * Makes a proof and ends every open one bound to the same things, so that only the newest mail works.
 * @returns the secret for the mail, 43 characters that fit into a path; it is nowhere else
 */
export async function issueProof(
  em: StatementRunner,
  binding: ProofBinding,
): Promise<{ proof: EmailProof; secret: string }> {
  const secret = randomBytes(32).toString("base64url");
  if (binding.accountId !== null) {
    await holdAccountStatement.run(em, [binding.accountId]);
  }
  await revokeProofs(em, binding);
  const [row] = await issueProofStatement.run(em, [
    ...bindingParameters(binding),
    digest(secret),
    binding.createdBy ?? null,
    lifetimes[binding.purpose],
  ]);
  if (row === undefined) {
    throw new Error("The new proof was not returned");
  }
  return { proof: toProof(row), secret };
}

/** The open proof with this secret, for a page that shows what it is about. Nothing is used up. */
export async function findProof(
  em: StatementRunner,
  secret: string,
  purpose: ProofPurpose,
): Promise<EmailProof | null> {
  const [row] = await findProofStatement.run(em, [digest(secret), purpose]);
  return row === undefined ? null : toProof(row);
}

/**
 * Uses the proof up: of two at once one gets it. Null for a wrong, used, revoked or expired secret, or another
 * purpose, all alike. Needs the transaction of what is done with it.
 */
export async function consumeProof(
  em: StatementRunner,
  secret: string,
  purpose: ProofPurpose,
): Promise<EmailProof | null> {
  const [row] = await consumeProofStatement.run(em, [digest(secret), purpose]);
  return row === undefined ? null : toProof(row);
}

/** Ends the open proofs bound to the same things. */
export async function revokeProofs(em: StatementRunner, binding: ProofBinding): Promise<void> {
  await revokeProofsStatement.run(em, bindingParameters(binding));
}

function bindingParameters(binding: ProofBinding): unknown[] {
  return [
    binding.purpose,
    binding.email,
    binding.accountId,
    binding.organizationId ?? null,
    binding.migrationId ?? null,
    binding.itemId ?? null,
    binding.source?.type ?? null,
    binding.source?.id ?? null,
  ];
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

function toProof(row: ProofRow): EmailProof {
  const { sourceType, sourceId, createdAt, expiresAt, ...rest } = row;
  return {
    ...rest,
    source: sourceType === null || sourceId === null ? null : { type: sourceType, id: sourceId },
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
  };
}
