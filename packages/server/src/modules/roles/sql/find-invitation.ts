import { statement } from "../../../platform/database/statement.ts";
import { invitationColumns, type InvitationRow } from "./invitation-columns.ts";

/** $1 invitation. */
export const findInvitationStatement = statement<InvitationRow>(
  "roles.findInvitation",
  `select ${invitationColumns} from role_invitation i where i.id = $1`,
);
