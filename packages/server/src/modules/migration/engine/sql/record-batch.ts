import { statement } from "../../../../platform/database/statement.ts";

// Counts come from the items themselves, bounded by the batch, so the totals can never drift from the rows. The
// update is the batch's fence: another lease, another state or another cursor finds no row.
// $1 migration, $2 after ordinal, $3 up to ordinal, $4 lease number.
export const recordBatchStatement = statement<{
  successful: number;
  attention: number;
  failed: number;
  missing: number;
  processed: number;
  total: number;
}>(
  "migration.recordBatch",
  `with batch as (
     select count(*) filter (where outcome = 'SUCCESSFUL')::int as successful,
       count(*) filter (where outcome = 'REQUIRES_ATTENTION')::int as attention,
       count(*) filter (where outcome = 'FAILED')::int as failed,
       count(*) filter (where outcome is null)::int as missing,
       count(*) filter (where outcome is not null and effect = 'CREATE')::int as created,
       count(*) filter (where outcome is not null and effect = 'LINK')::int as linked,
       count(*) filter (where outcome is not null and effect = 'UNCHANGED')::int as unchanged,
       count(*) filter (where outcome is not null and effect = 'NOT_COPIED')::int as not_copied
     from migration_item where migration_id = $1 and ordinal > $2 and ordinal <= $3
   )
   update migration m set applied_ordinal = $3,
     progressed_at = clock_timestamp(), access_version = access_version + 1,
     successful_count = successful_count + b.successful,
     attention_count = attention_count + b.attention,
     open_attention_count = open_attention_count + b.attention,
     failed_count = failed_count + b.failed,
     created_count = created_count + b.created,
     linked_count = linked_count + b.linked,
     unchanged_count = unchanged_count + b.unchanged,
     not_copied_count = not_copied_count + b.not_copied
   from batch b where m.id = $1 and m.applied_ordinal = $2 and m.lease_number = $4 and m.state = 'RUNNING'
   returning b.successful, b.attention, b.failed, b.missing, m.applied_ordinal as processed, m.total_items as total`,
);
