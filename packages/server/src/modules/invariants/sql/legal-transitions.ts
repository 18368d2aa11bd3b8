import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// $1: pairs of event types that may follow each other, $2: (event type, state right after it), both as JSON.
export const legalTransitionsStatement = statement<Violation>(
  "invariants.legalTransitions",
  `with pair as materialized (
     select p ->> 0 as earlier, p ->> 1 as later from jsonb_array_elements($1::jsonb) p
   ), after as materialized (
     select a ->> 0 as type, a ->> 1 as state from jsonb_array_elements($2::jsonb) a
   ), step as materialized (
     select e.migration_id, e.sequence, e.type,
       lag(e.type) over (partition by e.migration_id order by e.sequence) as earlier,
       row_number() over (partition by e.migration_id order by e.sequence desc) as from_end
     from migration_event e where e.type in (select type from after)
   )
   select format('migration %s (MR-%s)', m.id, m.number) as subject,
     case when s.earlier is null then format('begins with event %s, %s', s.sequence, s.type)
       else format('event %s is %s after %s, which is no legal move', s.sequence, s.type, s.earlier) end as problem
   from step s join migration m on m.id = s.migration_id
   where case when s.earlier is null then m.first_kept_sequence = 1 and s.type <> 'CREATED'
     else not exists (select from pair p where p.earlier = s.earlier and p.later = s.type) end
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('is %s, but the last event that says so is %s', m.state, s.type)
   from step s join migration m on m.id = s.migration_id
   where s.from_end = 1 and not exists (select from after a where a.type = s.type and a.state = m.state)
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('is %s, but the log does not say how it came to be', m.state)
   from migration m where not exists (select from step s where s.migration_id = m.id)
   limit 21`,
);
