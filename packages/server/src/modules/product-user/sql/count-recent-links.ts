import { statement } from "../../../platform/database/statement.ts";

/** $1 product user. Links of the last hour. */
export const countRecentLinksStatement = statement<{ count: number }>(
  "productUser.countRecentLinks",
  `select count(*)::int as count from email_proof
   where source_id = $1 and purpose = 'VERIFY_PRODUCT_USER' and created_at > clock_timestamp() - interval '1 hour'`,
);
