import type { AccessRequestType } from "./access-request.types.ts";
import type { InvitationType } from "./invitation.types.ts";
import type { PersonRolesType } from "./people.types.ts";
import type { InvitationRow } from "./sql/invitation-columns.ts";
import type { PersonRolesRow } from "./sql/list-people.ts";
import type { RequestRow } from "./sql/request-columns.ts";

/** The GraphQL object of somebody with roles. */
export function toPersonRoles({ accountId, email, name, roles }: PersonRolesRow): PersonRolesType {
  return { id: accountId, account: { id: accountId, email, name }, roles };
}

/** The GraphQL object of an invitation. */
export function toInvitation(row: InvitationRow): InvitationType {
  const { email, expired, generation, id, organizationId, productId, role, siteId } = row;
  return {
    id,
    role,
    email,
    generation,
    sentAt: new Date(row.sentAt),
    expiresAt: new Date(row.expiresAt),
    expired,
    organizationId,
    siteId,
    productId,
    inviterId: row.invitedBy,
  };
}

/** The GraphQL object of a request for access. */
export function toAccessRequest(row: RequestRow): AccessRequestType {
  const { accountId, decisionReason, id, organizationId, productId, reason, siteId, state, wish } = row;
  return {
    id,
    wish,
    reason,
    state,
    createdAt: new Date(row.createdAt),
    decidedAt: row.decidedAt === null ? null : new Date(row.decidedAt),
    decisionReason,
    organizationId,
    siteId,
    productId,
    accountId,
    deciderId: row.decidedBy,
  };
}
