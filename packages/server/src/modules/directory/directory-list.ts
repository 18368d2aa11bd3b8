import type { StatementRunner } from "../../platform/database/statement.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import type { DirectoryFilter } from "./directory-entry.types.ts";
import { parseDirectorySearch } from "./directory-search.ts";
import { countDirectory } from "./sql/count-directory.ts";
import type { DirectoryKey, DirectoryQuery } from "./sql/directory-sources.ts";
import { estimateDirectory } from "./sql/estimate-directory.ts";
import { sumSiteCountsStatement } from "./sql/sum-site-counts.ts";

/** Up to here totals are exact, counted per site and type. */
const exactUpTo = 10_000;

/**
 * What a filter asks of an organization's sites. A site that is not among them finds nobody, whether it is
 * another organization's or does not exist.
 */
export function directoryQuery(
  filter: DirectoryFilter | null,
  organizationSiteIds: readonly string[],
): DirectoryQuery {
  const { siteId, type, active, duplicatesOnly, search } = filter ?? {};
  const siteIds = organizationSiteIds.filter((id) => siteId == null || id === siteId);
  return {
    siteIds: type === "NONE" ? [] : siteIds,
    type: type === "PORTAL_ONLY" || type === "ATLASSIAN_ACCOUNT" ? type : null,
    active: active ?? null,
    duplicatesOnly: duplicatesOnly === true || type === "BOTH",
    search: parseDirectorySearch(search),
  };
}

/** Reads a decoded cursor back into the key of the last row; BAD_INPUT when it is none of ours. */
export function directoryKey(parts: readonly (string | number)[] | null): DirectoryKey | null {
  if (parts === null) {
    return null;
  }
  const [email, type, siteId] = parts.map(String);
  if (email === undefined || type === undefined || !/^[0-9a-f-]{36}$/i.test(siteId ?? "")) {
    throw apiError("BAD_INPUT", "after: this cursor did not come from this list. Start again without it.");
  }
  return [email, type, siteId ?? ""];
}

/**
 * How many identities match. Without a search it is exact, from the counts that are kept; with one it is exact while few
 * match and the planner's estimate beyond.
 */
export async function countOrEstimate(
  em: StatementRunner,
  query: DirectoryQuery,
): Promise<{ count: number; isEstimate: boolean }> {
  const kept = await keptCount(em, query);
  if (kept !== null) {
    return { count: kept, isEstimate: false };
  }
  const count = await countDirectory(em, query, exactUpTo + 1);
  return count <= exactUpTo
    ? { count, isEstimate: false }
    : { count: Math.max(count, await estimateDirectory(em, query)), isEstimate: true };
}

/** The sum of what is kept of every site; null where the query asks for more than is kept. */
async function keptCount(
  em: StatementRunner,
  { siteIds, type, active, duplicatesOnly, search }: DirectoryQuery,
): Promise<number | null> {
  if (search !== null || (duplicatesOnly && active !== null)) {
    return null;
  }
  const [sums] = await sumSiteCountsStatement.run(em, [siteIds]);
  if (sums === undefined) {
    return 0;
  }
  if (duplicatesOnly) {
    return type === null ? 2 * sums.bothTypes : sums.bothTypes;
  }
  const accounts = ofActivity(sums.accounts, sums.inactiveAccounts, active);
  const portalCustomers = ofActivity(sums.portalCustomers, sums.inactivePortalCustomers, active);
  return (type === "PORTAL_ONLY" ? 0 : accounts) + (type === "ATLASSIAN_ACCOUNT" ? 0 : portalCustomers);
}

function ofActivity(all: number, inactive: number, active: boolean | null): number {
  if (active === null) {
    return all;
  }
  return active ? all - inactive : inactive;
}
