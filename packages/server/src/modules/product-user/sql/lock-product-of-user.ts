import { statement } from "../../../platform/database/statement.ts";

/** $1 product user. Uploads of its product wait meanwhile, so that an address which is free now stays free. */
export const lockProductOfUserStatement = statement<{ id: string }>(
  "productUser.lockProductOfUser",
  `select p.id from product p join product_user u on u.product_id = p.id where u.id = $1 for no key update of p`,
);
