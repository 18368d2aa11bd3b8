import type { StatementRunner } from "../../platform/database/statement.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { revokeAllTokensStatement } from "./sql/revoke-all-tokens.ts";

/**
 * After a restore: no API token works, because those revoked since the backup came back with it. Each organization's
 * log says so once. Returns the number of tokens revoked.
 */
export async function revokeRestoredTokens(tx: StatementRunner): Promise<number> {
  const [done] = await revokeAllTokensStatement.run(tx);
  for (const { id, tokens } of done?.organizations ?? []) {
    const what = tokens === 1 ? "1 API token was" : `${tokens} API tokens were`;
    await appendAuditEntry(tx, {
      organizationId: id,
      actorAccountId: null,
      action: "api_token.revoke_restored",
      subjectType: "organization",
      subjectId: id,
      summary: `${what} revoked: the database was restored from a backup. Make new ones.`,
      after: { tokens },
    });
  }
  return done?.revoked ?? 0;
}
