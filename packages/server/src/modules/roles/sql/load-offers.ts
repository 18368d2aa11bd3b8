import { statement } from "../../../platform/database/statement.ts";
import { invitationColumns, type InvitationRow } from "./invitation-columns.ts";

/** $1 products: the pending offer of the ownership of each. */
export const loadOffersStatement = statement<InvitationRow & { productId: string }>(
  "roles.loadOffers",
  `select ${invitationColumns} from role_invitation i
   where i.product_id = any($1::uuid[]) and i.role = 'PRODUCT_OWNER' and i.state = 'PENDING'`,
);
