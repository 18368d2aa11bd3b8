import { statement } from "../../../platform/database/statement.ts";
import { invitationColumns, type InvitationRow } from "./invitation-columns.ts";

/** $1 invitation. Nobody else settles or renews it until the transaction ends. */
export const lockInvitationStatement = statement<InvitationRow>(
  "roles.lockInvitation",
  `select ${invitationColumns} from role_invitation i where i.id = $1 for update`,
);
