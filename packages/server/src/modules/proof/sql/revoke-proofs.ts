import { statement } from "../../../platform/database/statement.ts";

/** $1 to $8 the binding. */
export const revokeProofsStatement = statement(
  "proof.revokeProofs",
  `update email_proof set revoked_at = clock_timestamp()
   where purpose = $1 and email = $2 and account_id is not distinct from $3::uuid
     and organization_id is not distinct from $4::uuid and migration_id is not distinct from $5::uuid
     and item_id is not distinct from $6::uuid and source_type is not distinct from $7::text
     and source_id is not distinct from $8::uuid and consumed_at is null and revoked_at is null`,
);
