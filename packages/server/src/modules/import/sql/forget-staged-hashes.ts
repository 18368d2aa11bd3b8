import { statement } from "../../../platform/database/statement.ts";

/** $1 import. Its logins have the hashes now: one copy of a secret is enough. */
export const forgetStagedHashesStatement = statement<{ forgotten: number }>(
  "import.forgetStagedHashes",
  `with forgotten as (
     update product_user_row set sealed_hash = null where import_id = $1 and sealed_hash is not null returning 1
   )
   select count(*)::int as forgotten from forgotten`,
);
