import { statement } from "../../../platform/database/statement.ts";
import { proofColumns, type ProofRow } from "./proof-columns.ts";

/** $1 to $8 the binding, $9 digest of the secret, $10 who asked, $11 minutes it lives. */
export const issueProofStatement = statement<ProofRow>(
  "proof.issueProof",
  `insert into email_proof (purpose, email, account_id, organization_id, migration_id, item_id, source_type, source_id,
     secret_hash, created_by, created_at, expires_at)
   -- Not the start of the transaction: it may have waited for the account's first proof.
   select $1, $2, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7, $8::uuid, $9::bytea, $10::uuid, at, at + make_interval(mins => $11)
   from clock_timestamp() as clock (at)
   returning ${proofColumns}`,
);
