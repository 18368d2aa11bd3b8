/** A service account as lists show it. Times in milliseconds since 1970. */
export interface ServiceAccountRow {
  id: string;
  organizationId: string;
  name: string;
  email: string;
  purpose: string;
  createdAt: number;
  createdBy: string;
  removedAt: number | null;
  /** The latest use of any of its tokens. */
  lastUsedAt: number | null;
}

/** The columns of a ServiceAccountRow, from `service_account s join account a`. */
export const serviceAccountColumns = `s.account_id as id, s.organization_id as "organizationId", a.name, a.email, s.purpose,
     (extract(epoch from s.created_at) * 1000)::float8 as "createdAt", s.created_by as "createdBy",
     (extract(epoch from s.removed_at) * 1000)::float8 as "removedAt",
     (select (extract(epoch from max(t.last_used_at)) * 1000)::float8 from api_token t where t.account_id = s.account_id)
       as "lastUsedAt"`;
