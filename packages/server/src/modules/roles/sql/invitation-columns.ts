import type { Role } from "../../sign-in/index.ts";

/** An invitation as every statement gives it back; times as the driver has them. */
export interface InvitationRow {
  id: string;
  organizationId: string;
  siteId: string | null;
  productId: string | null;
  role: Role;
  email: string;
  state: "PENDING" | "ACCEPTED" | "DECLINED" | "WITHDRAWN";
  generation: number;
  invitedBy: string;
  createdAt: string | Date;
  sentAt: string | Date;
  expiresAt: string | Date;
  expired: boolean;
}

/** The columns of InvitationRow. */
export const invitationColumns = `i.id, i.organization_id as "organizationId", i.site_id as "siteId", i.product_id as "productId",
  i.role, i.email, i.state, i.generation, i.invited_by as "invitedBy", i.created_at as "createdAt", i.sent_at as "sentAt",
  i.expires_at as "expiresAt", i.expires_at <= clock_timestamp() as expired`;
