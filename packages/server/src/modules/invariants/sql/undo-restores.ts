import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Whoever was put back has nothing left of the run, and the counts of an undo are the counts of its rows.
export const undoRestoresStatement = statement<Violation>(
  "invariants.undoRestores",
  `select format('migration %s item %s (row %s)', i.migration_id, i.id, i.ordinal) as subject,
     'was put back, but the portal-only account the run made is still there' as problem
   from migration_item i join portal_customer p on p.id = i.id
   where i.undone_at is not null
   union all
   select format('migration %s item %s (row %s)', i.migration_id, i.id, i.ordinal), 'was put back, but is still in ' || g.name
   from migration_item i
   join user_group g on g.migration_id = i.migration_id
   join user_group_member gm on gm.group_id = g.id and gm.account_id = coalesce(i.destination_account_id, i.source_account_id)
   where i.undone_at is not null and i.joins_group
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('counts %s people put back, its rows are %s', m.undone_count, i.undone)
   from migration m
   cross join lateral (
     select count(*) as undone from migration_item i
     where i.migration_id = m.id and i.undone_at is not null and exists (
       select from migration_journal j where j.migration_id = m.id and j.ordinal = i.ordinal)
   ) i
   where m.undone_count <> i.undone
   union all
   select format('undo %s of migration %s', u.id, u.migration_id),
     format('is %s with %s of %s rows done', u.state, u.processed_count, u.total_count)
   from migration_undo u
   where (u.state = 'UNDONE' and u.processed_count <> u.total_count) or u.restored_count + u.refused_count > u.processed_count
   limit 21`,
);
