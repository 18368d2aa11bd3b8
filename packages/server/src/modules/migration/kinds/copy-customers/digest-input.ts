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
  return (await readDigests(em, scope)).now;
}

/**
 * Whether nobody but this run itself has changed anything that its plan was made from. Then no person can have
 * drifted, and a batch need not look at each of them.
 */
export async function isUntouched(
  em: StatementRunner,
  scope: MigrationScope<CopyCustomersOptions>,
): Promise<boolean> {
  const { now, planned } = await readDigests(em, scope);
  return now === planned;
}

async function readDigests(
  em: StatementRunner,
  scope: MigrationScope<CopyCustomersOptions>,
): Promise<{ now: string; planned: string | null }> {
  const [row] = await digestInputStatement.run(em, [
    scope.organizationId,
    scope.sourceSiteId,
    scope.destinationSiteId,
    scope.migrationId,
  ]);
  const now = row?.digest ?? "";
  const planned = row?.planned ?? null;
  const { peopleOf } = scope.options;
  if (peopleOf === undefined) {
    return { now, planned };
  }
  // Who is left to plan again is input too: another follow-up may have settled them.
  const [waiting] = await countSetAsideStatement.run(em, [peopleOf]);
  return { now: `${now} ${waiting?.count ?? 0}`, planned };
}
