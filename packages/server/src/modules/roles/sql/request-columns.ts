import type { Wish } from "../role-policy.ts";

/** A request for access as every statement gives it back; times as the driver has them. */
export interface RequestRow {
  id: string;
  organizationId: string;
  siteId: string | null;
  productId: string | null;
  accountId: string;
  wish: Wish;
  reason: string;
  state: "PENDING" | "APPROVED" | "DECLINED" | "WITHDRAWN";
  createdAt: string | Date;
  decidedBy: string | null;
  decidedAt: string | Date | null;
  decisionReason: string | null;
}

/** The columns of RequestRow. */
export const requestColumns = `q.id, q.organization_id as "organizationId", q.site_id as "siteId", q.product_id as "productId",
  q.account_id as "accountId", q.wish, q.reason, q.state, q.created_at as "createdAt", q.decided_by as "decidedBy",
  q.decided_at as "decidedAt", q.decision_reason as "decisionReason"`;
