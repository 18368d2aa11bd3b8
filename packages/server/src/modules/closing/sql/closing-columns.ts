/** A request to close an account, as every statement gives it back; times as the driver has them. */
export interface ClosingRow {
  id: string;
  accountId: string;
  reason: string;
  state: "PENDING" | "CLOSED" | "DECLINED" | "WITHDRAWN";
  askedAt: string | Date;
  endedAt: string | Date | null;
}

/** The columns of ClosingRow. */
export const closingColumns = `c.id, c.account_id as "accountId", c.reason, c.state, c.asked_at as "askedAt", c.ended_at as "endedAt"`;

/** What one organization decides about a closing, with what it knows of the whole. */
export interface PartRow {
  id: string;
  closingId: string;
  organizationId: string;
  organizationName: string;
  accountId: string;
  name: string;
  email: string;
  reason: string;
  askedAt: string | Date;
  state: "PENDING" | "APPROVED" | "DECLINED" | "DROPPED";
  decidedBy: string | null;
  decidedAt: string | Date | null;
  decisionReason: string | null;
}

/** Selects PartRow; a where clause follows. */
export const partSql = `select p.id, p.closing_id as "closingId", p.organization_id as "organizationId", o.name as "organizationName",
     c.account_id as "accountId", a.name, a.email, c.reason, c.asked_at as "askedAt", p.state, p.decided_by as "decidedBy",
     p.decided_at as "decidedAt", p.decision_reason as "decisionReason"
   from account_closing_part p join account_closing c on c.id = p.closing_id join account a on a.id = c.account_id
   join organization o on o.id = p.organization_id`;
