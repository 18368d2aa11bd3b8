import type { StatementRunner } from "../../../platform/database/statement.ts";
import { lockUpgradePairsStatement } from "./sql/lock-upgrade-pairs.ts";
import { upgradePairsStatement, type UpgradedPair } from "./sql/upgrade-pairs.ts";

export type { UpgradedPair };

/**
 * Upgrades portal-only accounts of a site to the Atlassian accounts of the same email there: the account gets the
 * Customer role on that site, joins both project lists, takes over requests and participations, and the portal-only
 * account is removed. Left out: those without an account on the site, and those where either of the two is not
 * active. Call it inside a transaction with at most some thousand ids; the caller is the authority for it.
 * @returns the pairs that were upgraded and what stood before, for whoever keeps a journal; of two calls at once the
 *   second gets none
 */
export async function upgradePortalCustomers(
  em: StatementRunner,
  siteId: string,
  portalCustomerIds: readonly string[],
): Promise<UpgradedPair[]> {
  const pairs = await lockUpgradePairsStatement.run(em, [siteId, portalCustomerIds]);
  if (pairs.length === 0) {
    return [];
  }
  return upgradePairsStatement.run(em, [
    siteId,
    pairs.map((pair) => pair.portalCustomerId),
    pairs.map((pair) => pair.accountId),
  ]);
}
