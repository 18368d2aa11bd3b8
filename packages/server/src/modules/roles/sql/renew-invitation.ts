import { statement } from "../../../platform/database/statement.ts";
import { invitationColumns, type InvitationRow } from "./invitation-columns.ts";

/** $1 invitation, $2 who sends it again and answers for it from now on. */
export const renewInvitationStatement = statement<InvitationRow>(
  "roles.renewInvitation",
  `update role_invitation i set generation = generation + 1, invited_by = $2, sent_at = now(), expires_at = now() + interval '72 hours'
   where i.id = $1 and i.state = 'PENDING'
   returning ${invitationColumns}`,
);
