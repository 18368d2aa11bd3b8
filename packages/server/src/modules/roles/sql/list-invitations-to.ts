import { statement } from "../../../platform/database/statement.ts";
import { invitationColumns, type InvitationRow } from "./invitation-columns.ts";

/** $1 account, $2 limit. What waits for its address and still works, the newest first; none for an address that nobody has proven. */
export const listInvitationsToStatement = statement<InvitationRow>(
  "roles.listInvitationsTo",
  `select ${invitationColumns} from role_invitation i join account a on a.email = i.email and a.proved_at is not null
   where a.id = $1 and i.state = 'PENDING' and i.expires_at > clock_timestamp()
   order by i.id desc limit $2`,
);
