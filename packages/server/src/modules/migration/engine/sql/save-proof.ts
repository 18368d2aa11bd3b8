import { statement } from "../../../../platform/database/statement.ts";

export const saveProofStatement = statement(
  "migration.saveProof",
  `update migration set proof = $2::jsonb, proven_version = $3 where id = $1`,
);
