/** A token as lists show it; everything but the secret. Times in milliseconds since 1970. */
export interface TokenRow {
  id: string;
  accountId: string;
  name: string;
  hint: string;
  scope: "READ" | "MIGRATE";
  organizationId: string | null;
  createdAt: number;
  expiresAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

/** The columns of a TokenRow, from `api_token t`. */
export const tokenColumns = `t.id, t.account_id as "accountId", t.name, t.hint, t.scope,
     t.organization_id as "organizationId",
     (extract(epoch from t.created_at) * 1000)::float8 as "createdAt",
     (extract(epoch from t.expires_at) * 1000)::float8 as "expiresAt",
     (extract(epoch from t.last_used_at) * 1000)::float8 as "lastUsedAt",
     (extract(epoch from t.revoked_at) * 1000)::float8 as "revokedAt"`;
