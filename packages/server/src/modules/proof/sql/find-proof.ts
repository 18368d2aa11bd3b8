import { statement } from "../../../platform/database/statement.ts";
import { proofColumns, type ProofRow } from "./proof-columns.ts";

/** $1 digest of the secret, $2 purpose. */
export const findProofStatement = statement<ProofRow>(
  "proof.findProof",
  `select ${proofColumns} from email_proof
   where secret_hash = $1 and purpose = $2 and consumed_at is null and revoked_at is null and expires_at > clock_timestamp()`,
);
