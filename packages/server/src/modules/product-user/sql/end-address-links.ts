import { statement } from "../../../platform/database/statement.ts";

/** $1 product user. No link that went out for it works any more, to whatever address. */
export const endAddressLinksStatement = statement(
  "productUser.endAddressLinks",
  `update email_proof set revoked_at = clock_timestamp()
   where source_id = $1 and source_type = 'PRODUCT_USER' and purpose = 'VERIFY_PRODUCT_USER'
     and consumed_at is null and revoked_at is null`,
);
