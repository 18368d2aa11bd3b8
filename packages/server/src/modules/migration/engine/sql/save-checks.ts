import { statement } from "../../../../platform/database/statement.ts";

// The whole list at once: checks that no longer apply go, the others are brought up to date.
export const saveChecksStatement = statement(
  "migration.saveChecks",
  `with given as (
     select ord::int as ordinal, c from jsonb_array_elements($2::jsonb) with ordinality as t(c, ord)
   ), gone as (
     delete from migration_check where migration_id = $1 and code not in (select c ->> 'code' from given)
   )
   insert into migration_check (migration_id, ordinal, code, severity, passed, title, detail, who, fix, affected, examples)
   select $1, ordinal, c ->> 'code', c ->> 'severity', (c ->> 'passed')::boolean, c ->> 'title', c ->> 'detail', c ->> 'who',
     c ->> 'fix', (c ->> 'affected')::int, array(select jsonb_array_elements_text(c -> 'examples'))
   from given
   on conflict (migration_id, code) do update set ordinal = excluded.ordinal, severity = excluded.severity,
     passed = excluded.passed, title = excluded.title, detail = excluded.detail, who = excluded.who, fix = excluded.fix,
     affected = excluded.affected, examples = excluded.examples, checked_at = clock_timestamp()`,
);
