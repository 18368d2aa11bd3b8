import { statement } from "../../../platform/database/statement.ts";
import { wishColumns, type WishRow } from "./wish-columns.ts";

/** $1 wish, whose account is locked. No row when it is over or was granted meanwhile. */
export const markGrantedStatement = statement<WishRow>(
  "services.markGranted",
  `update service_wish w set granted_at = clock_timestamp()
   where w.id = $1 and w.granted_at is null and w.ended_at is null and w.expires_at > clock_timestamp()
   returning ${wishColumns}`,
);
