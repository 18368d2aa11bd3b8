import { statement } from "../../../../platform/database/statement.ts";

/** What a batch of an undo did, and how far the undo is. */
export interface RecordedUndoBatch {
  restored: number;
  setAside: number;
  unchanged: number;
  processed: number;
  total: number;
}

// Counts come from the rows themselves, bounded by the batch. Whoever was put back waits for nobody any more.
// $1 undo, $2 migration, $3 after ordinal, $4 up to ordinal.
export const recordUndoBatchStatement = statement<RecordedUndoBatch>(
  "migration.recordUndoBatch",
  `with marked as (
     update migration_item i set undone_at = clock_timestamp()
     where i.migration_id = $2 and i.ordinal > $3 and i.ordinal <= $4 and i.undone_at is null and exists (
       select 1 from migration_undo_item u
       where u.undo_id = $1 and u.ordinal = i.ordinal and u.ordinal > $3 and u.ordinal <= $4 and u.action <> 'SET_ASIDE')
     returning i.outcome = 'REQUIRES_ATTENTION' and i.resolved_at is null as open
   ), batch as (
     select count(*) filter (where action = 'RESTORE')::int as restored, count(*) filter (where action = 'SET_ASIDE')::int as set_aside,
       count(*) filter (where action = 'NOTHING')::int as unchanged, count(*)::int as processed
     from migration_undo_item where undo_id = $1 and ordinal > $3 and ordinal <= $4
   ), counted as (
     update migration m set progressed_at = clock_timestamp(), undone_count = undone_count + b.restored,
       open_attention_count = open_attention_count - (select count(*)::int from marked where open)
     from batch b where m.id = $2
     returning 1
   )
   update migration_undo u set applied_ordinal = $4, processed_count = processed_count + b.processed,
     restored_count = restored_count + b.restored, refused_count = refused_count + b.set_aside
   from batch b where u.id = $1 and u.applied_ordinal = $3 and exists (select 1 from counted)
   returning b.restored, b.set_aside as "setAside", b.unchanged, u.processed_count as processed, u.total_count as total`,
);
