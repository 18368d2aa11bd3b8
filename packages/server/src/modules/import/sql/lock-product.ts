import { statement } from "../../../platform/database/statement.ts";

/** $1 product. Uploads of one product are applied one after the other; foreign keys to the product are not held up. */
export const lockProductStatement = statement<{ name: string }>(
  "import.lockProduct",
  `select name from product where id = $1 for no key update`,
);
