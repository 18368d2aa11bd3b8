import { APIError } from "better-auth/api";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { isProvenStatement } from "./sql/is-proven.ts";

/**
 * Throws unless the address of the person's account is proven. To be asked after the password: who knows it learns
 * nothing new. The database refuses such a session as well (migration 0024); this says why.
 */
export async function insistOnProof(runner: StatementRunner, userId: string): Promise<void> {
  const [found] = await isProvenStatement.run(runner, [userId]);
  if (found?.proven !== true) {
    throw new APIError("FORBIDDEN", {
      code: "EMAIL_NOT_CONFIRMED",
      message:
        "Confirm your email first, with the link that we mail to it. Ask for it under “Did not get the mail?”.",
    });
  }
}
