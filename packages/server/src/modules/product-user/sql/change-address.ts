import { statement } from "../../../platform/database/statement.ts";

/** $1 product user, $2 new email, $3 its password hash sealed for it, or null, $4 the proof of the address, or null. */
export const changeAddressStatement = statement(
  "productUser.changeAddress",
  `update product_user set email = $2, sealed_password_hash = $3::bytea, address_proof_id = $4::uuid where id = $1`,
);
