import type { StatementRunner } from "../../../../platform/database/statement.ts";
import type { MigrationScope } from "../../kind.ts";
import type { CopyCustomersOptions } from "./options.ts";
import { countSetAsideStatement } from "./sql/count-set-aside.ts";
import { digestInputStatement } from "./sql/digest-input.ts";

/** Changes whenever anything a plan reads has changed: people, roles, groups, projects, requests, uploads, words, claims. */
export async function digestInput(
  em: StatementRunner,
  scope: MigrationScope<CopyCustomersOptions>,
): Promise<string> {
  const [row] = await digestInputStatement.run(em, [
    scope.organizationId,
    scope.sourceSiteId,
    scope.destinationSiteId,
  ]);
  const digest = row?.digest ?? "";
  const { peopleOf } = scope.options;
  if (peopleOf === undefined) {
    return digest;
  }
  // Who is left to plan again is input too: another follow-up may have settled them.
  const [waiting] = await countSetAsideStatement.run(em, [peopleOf]);
  return `${digest} ${waiting?.count ?? 0}`;
}
