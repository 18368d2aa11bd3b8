import { statement } from "../../../platform/database/statement.ts";
import { wishColumns, type WishRow } from "./wish-columns.ts";

/**
 * $1 wish, $2 whose it must be. Its link is worth nothing from now on; both are removed in the next round, by which nobody
 * can tell whether there was a link.
 */
export const endWishStatement = statement<WishRow>(
  "services.endWish",
  `update service_wish w set ended_at = clock_timestamp()
   where w.id = $1 and w.account_id = $2 and w.ended_at is null and w.expires_at > clock_timestamp()
   returning ${wishColumns}`,
);
