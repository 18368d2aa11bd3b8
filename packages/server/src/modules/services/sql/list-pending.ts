import { statement } from "../../../platform/database/statement.ts";
import { productColumns, type ProductRow } from "./product-columns.ts";
import { wishColumns, type WishRow } from "./wish-columns.ts";

/** A wish with the product it is about. */
export type PendingRow = WishRow & ProductRow;

/** $1 account, $2 one wish or null for all. The newest first. */
export const listPendingStatement = statement<PendingRow>(
  "services.listPending",
  `select ${wishColumns}, ${productColumns}
   from service_wish w join product p on p.id = w.product_id join organization o on o.id = p.organization_id
   where w.account_id = $1 and ($2::uuid is null or w.id = $2) and w.ended_at is null and w.expires_at > clock_timestamp()
   order by w.id desc`,
);
