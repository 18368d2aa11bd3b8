import { statement } from "../../../platform/database/statement.ts";

/** One person of a migration as pages and reports read it. */
export interface ItemRow {
  migrationId: string;
  ordinal: number;
  id: string;
  email: string | null;
  rawEmail: string;
  name: string;
  sourceType: string | null;
  sourceAccountId: string | null;
  sourcePortalCustomerId: string | null;
  importId: string | null;
  rowNumber: number | null;
  destinationState: string;
  destinationType: string;
  destinationAccountId: string | null;
  destinationPortalCustomerId: string | null;
  typeAfter: string;
  effect: string;
  joinsGroup: boolean;
  plannedOutcome: string;
  problem: string | null;
  nextStep: string | null;
  detail: string | null;
  warning: string | null;
  outcome: string | null;
  resolution: string | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
  followUpId: string | null;
  undoneAt: string | null;
}

export const itemColumns = `
  i.migration_id as "migrationId", i.ordinal, i.id, i.email, i.raw_email as "rawEmail", i.name,
  i.source_type as "sourceType", i.source_account_id as "sourceAccountId",
  i.source_portal_customer_id as "sourcePortalCustomerId", i.import_id as "importId", i.row_number as "rowNumber",
  i.destination_state as "destinationState", i.destination_type as "destinationType",
  i.destination_account_id as "destinationAccountId", i.destination_portal_customer_id as "destinationPortalCustomerId",
  i.type_after as "typeAfter", i.effect, i.joins_group as "joinsGroup", i.planned_outcome as "plannedOutcome",
  i.problem, i.next_step as "nextStep", i.detail, i.warning, i.outcome, i.resolution,
  i.resolved_at as "resolvedAt", i.resolved_by as "resolvedBy",
  i.follow_up_id as "followUpId", i.undone_at as "undoneAt"`;

/** $1 migration, $2 search, $3 outcome, $4 planned outcome, $5 source type, $6 destination state, $7 effect, $8 problem, $9 open attention. */
export const itemFilterSql = `
  i.migration_id = $1
  and ($2::text is null or position(lower($2) in i.raw_email || ' ' || coalesce(i.email, '') || ' ' || lower(i.name)) > 0)
  and ($3::text is null or i.outcome = $3)
  and ($4::text is null or i.planned_outcome = $4)
  and ($5::text is null or coalesce(i.source_type, 'NONE') = $5)
  and ($6::text is null or i.destination_state = $6)
  and ($7::text is null or i.effect = $7)
  and ($8::text is null or i.problem = $8)
  and (not coalesce($9::boolean, false) or (i.outcome = 'REQUIRES_ATTENTION' and i.resolved_at is null and i.undone_at is null and i.problem is not null))`;

// $10: after ordinal; $11: page size plus one.
export const listItemsStatement = statement<ItemRow>(
  "migration.listItems",
  `select ${itemColumns} from migration_item i
   where ${itemFilterSql} and i.ordinal > coalesce($10::int, 0)
   order by i.ordinal limit $11`,
);
