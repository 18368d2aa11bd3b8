import type { StatementRunner } from "../../../../platform/database/statement.ts";
import type { MigrationScope } from "../../kind.ts";
import { digestInputStatement } from "./sql/digest-input.ts";

/** Changes whenever anything a plan reads has changed: people, roles, groups, projects, requests, uploads, words, claims. */
export async function digestInput(em: StatementRunner, scope: MigrationScope<unknown>): Promise<string> {
  const [row] = await digestInputStatement.run(em, [
    scope.organizationId,
    scope.sourceSiteId,
    scope.destinationSiteId,
  ]);
  return row?.digest ?? "";
}
