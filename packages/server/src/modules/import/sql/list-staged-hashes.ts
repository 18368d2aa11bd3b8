import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 and $3 first and last row number. */
export const listStagedHashesStatement = statement<{ rowNumber: number; sealedHash: Buffer }>(
  "import.listStagedHashes",
  `select row_number as "rowNumber", sealed_hash as "sealedHash" from product_user_row
   where import_id = $1 and row_number between $2 and $3 and sealed_hash is not null`,
);
