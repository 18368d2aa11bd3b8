import type { StatementRunner } from "../../platform/database/statement.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import type { AuditFilter } from "./audit.types.ts";
import { countEntriesStatement } from "./sql/count-entries.ts";
import { estimateEntriesStatement } from "./sql/estimate-entries.ts";
import { listEntriesStatement, type AuditRow } from "./sql/list-entries.ts";

/** Up to here totals are exact. */
const exactUpTo = 10_000;

/** The next `limit` entries, newest first, after the cursor key [at, id]. */
export async function listEntries(
  em: StatementRunner,
  organizationId: string,
  filter: AuditFilter | null,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<AuditRow[]> {
  const [at = null, id = null] = after ?? [];
  if (at !== null && (Number.isNaN(Date.parse(String(at))) || !/^[0-9a-f-]{36}$/i.test(String(id)))) {
    throw apiError("BAD_INPUT", "after: this cursor did not come from this list. Start again without it.");
  }
  return listEntriesStatement.run(em, [...filterParameters(organizationId, filter), at, id, limit]);
}

/** How many entries match: exact up to 10,000, the planner's estimate beyond. */
export async function countEntries(
  em: StatementRunner,
  organizationId: string,
  filter: AuditFilter | null,
): Promise<{ count: number; isEstimate: boolean }> {
  const parameters = filterParameters(organizationId, filter);
  const [counted] = await countEntriesStatement.run(em, [...parameters, exactUpTo + 1]);
  const count = counted?.count ?? 0;
  if (count <= exactUpTo) {
    return { count, isEstimate: false };
  }
  const [planned] = await estimateEntriesStatement.run(em, parameters);
  const estimate = planned?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
  return { count: Math.max(count, Math.round(estimate)), isEstimate: true };
}

/** $1 to $7 of the statements that filter the log. */
export function filterParameters(organizationId: string, filter: AuditFilter | null): (string | null)[] {
  return [
    organizationId,
    filter?.search?.trim() || null,
    filter?.action ?? null,
    filter?.subjectId ?? null,
    filter?.actorId ?? null,
    filter?.since?.toISOString() ?? null,
    filter?.until?.toISOString() ?? null,
  ];
}
