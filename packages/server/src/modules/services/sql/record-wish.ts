import { statement } from "../../../platform/database/statement.ts";
import { wishColumns, type WishRow } from "./wish-columns.ts";

/** $1 account, $2 product, $3 canonical email, $4 login name, $5 minutes, whether or not there is such a login. */
export const recordWishStatement = statement<WishRow>(
  "services.recordWish",
  `insert into service_wish as w (account_id, product_id, email, login_name, asked_at, expires_at)
   select $1::uuid, $2::uuid, $3, $4, at, at + make_interval(mins => $5) from clock_timestamp() as clock (at)
   returning ${wishColumns}`,
);
