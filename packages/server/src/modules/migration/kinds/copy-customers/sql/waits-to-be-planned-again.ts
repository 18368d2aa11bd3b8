/**
 * SQL that holds for the items a run set aside and nobody has settled: people who changed after the plan, and people
 * the database refused. `problem is not null` is there for the partial index.
 * @param item alias of migration_item
 */
export function waitsToBePlannedAgainSql(item: string): string {
  return `${item}.problem is not null and ${item}.problem = 'COULD_NOT_BE_WRITTEN' and ${item}.resolved_at is null
       and ${item}.outcome in ('REQUIRES_ATTENTION', 'FAILED') and ${item}.undone_at is null`;
}
