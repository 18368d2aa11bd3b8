import { statement } from "../../../../../platform/database/statement.ts";
import type { SettledAgain } from "../../../kind.ts";
import { waitsToBePlannedAgainSql } from "./waits-to-be-planned-again.ts";

// By email, not by identity: somebody may have become an account since. Of a person's rows in the follow-up the one
// that was copied speaks, then the one of the same type. Whoever the follow-up did not get to stays in the queue.
// $1 the migration that set people aside, $2 its follow-up.
export const settlePlannedAgainStatement = statement<SettledAgain>(
  "copyCustomers.settlePlannedAgain",
  `with waiting as materialized (
     select i.ordinal, i.email, i.source_type, i.outcome from migration_item i
     where i.migration_id = $1 and ${waitsToBePlannedAgainSql("i")}
   ), reached as materialized (
     select distinct on (w.ordinal) w.ordinal, w.outcome as before, f.outcome, f.type_after
     from waiting w join migration_item f on f.migration_id = $2 and f.email = w.email and f.outcome is not null
     order by w.ordinal, (f.effect <> 'NOT_COPIED') desc, (f.source_type = w.source_type) desc nulls last, f.ordinal
   ), settled as (
     update migration_item i set resolution = 'PLANNED_AGAIN', resolved_at = clock_timestamp(), follow_up_id = $2,
       outcome = case r.outcome when 'SUCCESSFUL' then 'SUCCESSFUL' else i.outcome end,
       type_after = case r.outcome when 'SUCCESSFUL' then r.type_after else i.type_after end,
       problem = case r.outcome when 'SUCCESSFUL' then null else i.problem end,
       next_step = case r.outcome when 'SUCCESSFUL' then null else i.next_step end,
       detail = case r.outcome when 'SUCCESSFUL' then null else i.detail end
     from reached r where i.migration_id = $1 and i.ordinal = r.ordinal and i.resolved_at is null and i.undone_at is null
     returning r.before, i.outcome
   )
   select count(*)::int as total, count(*) filter (where before = 'REQUIRES_ATTENTION')::int as "fromAttention",
     count(*) filter (where before = 'REQUIRES_ATTENTION' and outcome = 'SUCCESSFUL')::int as "attentionToSuccessful",
     count(*) filter (where before = 'FAILED' and outcome = 'SUCCESSFUL')::int as "failedToSuccessful"
   from settled`,
);
