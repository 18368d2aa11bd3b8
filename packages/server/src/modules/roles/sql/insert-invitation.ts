import { statement } from "../../../platform/database/statement.ts";
import { invitationColumns, type InvitationRow } from "./invitation-columns.ts";

/** $1 to $4 organization, site or null, product or null, role; $5 address, $6 inviter. No row while the same one is pending. */
export const insertInvitationStatement = statement<InvitationRow>(
  "roles.insertInvitation",
  `insert into role_invitation as i (organization_id, site_id, product_id, role, email, invited_by)
   values ($1, $2, $3, $4, $5, $6)
   on conflict do nothing
   returning ${invitationColumns}`,
);
