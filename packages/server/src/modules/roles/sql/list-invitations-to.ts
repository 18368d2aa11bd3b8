import { statement } from "../../../platform/database/statement.ts";
import { invitationColumns, type InvitationRow } from "./invitation-columns.ts";

/** $1 address, $2 limit. What waits for it and still works, the newest first. */
export const listInvitationsToStatement = statement<InvitationRow>(
  "roles.listInvitationsTo",
  `select ${invitationColumns} from role_invitation i
   where i.email = $1 and i.state = 'PENDING' and i.expires_at > clock_timestamp()
   order by i.id desc limit $2`,
);
