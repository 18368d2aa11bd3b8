import type { ProofPurpose } from "../email-proof.ts";

/** A proof as every statement gives it back; times as the driver has them. */
export interface ProofRow {
  id: string;
  purpose: ProofPurpose;
  email: string;
  accountId: string | null;
  organizationId: string | null;
  migrationId: string | null;
  itemId: string | null;
  sourceType: string | null;
  sourceId: string | null;
  createdBy: string | null;
  createdAt: string | Date;
  expiresAt: string | Date;
}

/** The columns of ProofRow. */
export const proofColumns = `id, purpose, email, account_id as "accountId", organization_id as "organizationId",
  migration_id as "migrationId", item_id as "itemId", source_type as "sourceType", source_id as "sourceId",
  created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt"`;
