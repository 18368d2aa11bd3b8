import { statement } from "../../../platform/database/statement.ts";

/** $1 login, $2 account, $3 the proof of its address that was used. The account's former login there is unlinked before. */
export const linkLoginStatement = statement(
  "services.linkLogin",
  `update product_user set account_id = $2, link_proof_id = $3, linked_at = now() where id = $1`,
);
