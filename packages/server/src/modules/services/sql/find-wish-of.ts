import { statement } from "../../../platform/database/statement.ts";
import { wishColumns, type WishRow } from "./wish-columns.ts";

/** $1 proof. The wish that it was mailed for, while it waits. */
export const findWishOfStatement = statement<WishRow>(
  "services.findWishOf",
  `select ${wishColumns} from service_wish w
   where w.proof_id = $1 and w.ended_at is null and w.expires_at > clock_timestamp()`,
);
