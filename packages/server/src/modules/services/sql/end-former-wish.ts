import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 product. Makes place for a new wish: what waits, or is over and no round has come by yet. */
export const endFormerWishStatement = statement(
  "services.endFormerWish",
  `update service_wish set ended_at = clock_timestamp()
   where account_id = $1 and product_id = $2 and ended_at is null`,
);
