import { statement } from "../../../platform/database/statement.ts";
import type { AccessProof } from "../access-proof.ts";

// Null without a proof. A proof from before differences were stored has neither until it is computed again.
export const findComputationStatement = statement<{
  computation: string;
  proof: Partial<AccessProof> | null;
}>("accessProof.findComputation", `select proven_version as computation, proof from migration where id = $1`);
