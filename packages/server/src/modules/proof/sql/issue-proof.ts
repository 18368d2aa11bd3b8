import { statement } from "../../../platform/database/statement.ts";
import { proofColumns, type ProofRow } from "./proof-columns.ts";

/** $1 to $8 the binding, $9 digest of the secret, $10 who asked, $11 minutes it lives. */
export const issueProofStatement = statement<ProofRow>(
  "proof.issueProof",
  `insert into email_proof (purpose, email, account_id, organization_id, migration_id, item_id, source_type, source_id,
     secret_hash, created_by, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(mins => $11))
   returning ${proofColumns}`,
);
