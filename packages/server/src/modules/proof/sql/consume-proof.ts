import { statement } from "../../../platform/database/statement.ts";
import { proofColumns, type ProofRow } from "./proof-columns.ts";

/** $1 digest of the secret, $2 purpose. The row lock makes a second one wait and then find it consumed. */
export const consumeProofStatement = statement<ProofRow>(
  "proof.consumeProof",
  `update email_proof set consumed_at = clock_timestamp()
   where secret_hash = $1 and purpose = $2 and consumed_at is null and revoked_at is null and expires_at > clock_timestamp()
   returning ${proofColumns}`,
);
