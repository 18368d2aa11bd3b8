import { statement } from "../../../platform/database/statement.ts";

/** $1 invitation, $2 state after it, $3 who settles it or null, $4 account that accepts or null. No row when it was settled before. */
export const settleInvitationStatement = statement<{ id: string }>(
  "roles.settleInvitation",
  `update role_invitation set state = $2, settled_by = $3, accepted_by = $4, settled_at = now()
   where id = $1 and state = 'PENDING'
   returning id`,
);
