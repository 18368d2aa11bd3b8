import { statement } from "../../../platform/database/statement.ts";

/** $1 organization, $2 local part of the address: what the organization's words make of it, and how many invitations wait. */
export const checkInviteeStatement = statement<{ shared: boolean; pending: number }>(
  "roles.checkInvitee",
  `select $2::text = any(o.distribution_list_words || o.bot_words) as shared,
     (select count(*)::int from role_invitation i where i.organization_id = o.id and i.state = 'PENDING') as pending
   from organization o where o.id = $1`,
);
