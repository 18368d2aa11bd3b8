import { statement } from "../../../platform/database/statement.ts";

/** $1 product user. Its sealed hash, once nobody else changes the login. */
export const lockProductUserStatement = statement<{ sealedHash: Buffer | null }>(
  "productUser.lockProductUser",
  `select sealed_password_hash as "sealedHash" from product_user where id = $1 for no key update`,
);
