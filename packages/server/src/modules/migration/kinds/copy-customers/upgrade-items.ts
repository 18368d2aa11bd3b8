import type { StatementRunner } from "../../../../platform/database/statement.ts";
import { upgradePortalCustomers } from "../../../directory/index.ts";
import type { MigrationScope } from "../../kind.ts";
import { finishUpgradeStatement } from "./sql/finish-upgrade.ts";
import { lockOpenDuplicatesStatement } from "./sql/lock-open-duplicates.ts";

/** Items per round of statements; keeps arrays and locks per statement bounded. */
const roundSize = 5_000;

/**
 * Upgrades the portal-only accounts of these open items to the Atlassian accounts of the same people, carries the
 * project lists that an unchanged row did not get, settles the items and journals what stood before. Items that are no longer open, and people
 * whose Atlassian account is not active, are left as they are; of two calls at once the second finds nothing.
 */
export async function upgradeItems(
  em: StatementRunner,
  scope: MigrationScope<unknown>,
  itemIds: readonly string[],
  actorAccountId: string,
): Promise<{ upgraded: number }> {
  let upgraded = 0;
  for (let start = 0; start < itemIds.length; start += roundSize) {
    const ids = itemIds.slice(start, start + roundSize);
    const open = await lockOpenDuplicatesStatement.run(em, [scope.migrationId, ids]);
    const portalIds = open.map((item) => item.portalCustomerId);
    const upgrades = await upgradePortalCustomers(em, scope.destinationSiteId, portalIds);
    const finished = await finishUpgradeStatement.run(em, [
      scope.migrationId,
      open.map((item) => item.id),
      scope.destinationSiteId,
      actorAccountId,
      JSON.stringify(upgrades),
    ]);
    upgraded += finished[0]?.upgraded ?? 0;
  }
  return { upgraded };
}
