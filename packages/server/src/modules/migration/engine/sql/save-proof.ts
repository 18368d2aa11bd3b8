import { statement } from "../../../../platform/database/statement.ts";

export const saveProofStatement = statement(
  "migration.saveProof",
  `update migration set proof = $2::jsonb, proof_stale = false where id = $1`,
);
