import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// The counts beside a migration are the counts of its rows.
export const countsTrueStatement = statement<Violation>(
  "invariants.countsTrue",
  `select format('migration %s (MR-%s)', m.id, m.number) as subject,
     format('counts %s successful, %s requiring attention (%s open), %s failed, %s created, %s linked, %s unchanged, %s not copied;'
       || ' its rows are %s, %s (%s), %s, %s, %s, %s, %s', m.successful_count, m.attention_count, m.open_attention_count, m.failed_count,
       m.created_count, m.linked_count, m.unchanged_count, m.not_copied_count, i.successful, i.attention, i.open, i.failed, i.created,
       i.linked, i.unchanged, i.not_copied) as problem
   from migration m
   cross join lateral (
     select count(*) filter (where outcome = 'SUCCESSFUL') as successful,
       count(*) filter (where outcome = 'REQUIRES_ATTENTION') as attention,
       count(*) filter (where outcome = 'REQUIRES_ATTENTION' and resolved_at is null and undone_at is null) as open,
       count(*) filter (where outcome = 'FAILED') as failed,
       count(*) filter (where outcome is not null and effect = 'CREATE') as created,
       count(*) filter (where outcome is not null and effect = 'LINK') as linked,
       count(*) filter (where outcome is not null and effect = 'UNCHANGED') as unchanged,
       count(*) filter (where outcome is not null and effect = 'NOT_COPIED') as not_copied
     from migration_item i where i.migration_id = m.id
   ) i
   where (m.successful_count, m.attention_count, m.open_attention_count, m.failed_count, m.created_count, m.linked_count,
       m.unchanged_count, m.not_copied_count)
     is distinct from (i.successful, i.attention, i.open, i.failed, i.created, i.linked, i.unchanged, i.not_copied)
   limit 21`,
);
