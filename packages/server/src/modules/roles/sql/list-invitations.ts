import { statement } from "../../../platform/database/statement.ts";
import { invitationColumns, type InvitationRow } from "./invitation-columns.ts";

/** $1 organization, $2 site or null, $3 product or null, $4 id to go on before or null, $5 limit. Pending ones, the newest first. */
export const listInvitationsStatement = statement<InvitationRow>(
  "roles.listInvitations",
  `select ${invitationColumns} from role_invitation i
   where i.organization_id = $1 and i.state = 'PENDING' and ($2::uuid is null or i.site_id = $2)
     and ($3::uuid is null or i.product_id = $3) and ($4::uuid is null or i.id < $4)
   order by i.id desc limit $5`,
);
