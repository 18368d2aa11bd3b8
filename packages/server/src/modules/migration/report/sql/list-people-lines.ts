import { statement } from "../../../../platform/database/statement.ts";
import { csvCellSql } from "../../../import/index.ts";

/** One page of lines of a people file, ready to be sent. */
export interface PeopleLines {
  /** CSV records with their line ends. */
  text: string | null;
  /** Rows that have a line; fewer than `people` when a text was missing. */
  lines: number;
  people: number;
  lastOrdinal: number;
}

// $1 migration, $2 outcome, $3 after ordinal, $4 page size; what people read, by code: $5 account types and $6 next
// steps as finished cells, $7 problems as texts, to which the row's own cause is added.
export const listPeopleLinesStatement = statement<PeopleLines>(
  "migration.listPeopleLines",
  String.raw`select string_agg(line, '' order by ordinal) as text, count(line)::int as lines, count(*)::int as people,
     max(ordinal) as "lastOrdinal"
   from (
     select p.ordinal, ${csvCellSql("p.email")} || ',' || ${csvCellSql("p.name")} || ','
       || ($5::jsonb ->> p.source_type) || ',' || ($5::jsonb ->> p.destination_type) || ',' || ($5::jsonb ->> p.type_after) || ','
       || case when p.problem_code is null then '' else ${csvCellSql("p.problem")} end || ','
       || case when p.next_step is null then '' else $6::jsonb ->> p.next_step end || E'\r\n' as line
     from (
       select i.ordinal, coalesce(i.email, i.raw_email) as email, i.name, coalesce(i.source_type, 'NONE') as source_type,
         i.destination_type, i.type_after, i.problem as problem_code,
         ($7::jsonb ->> i.problem) || coalesce(': ' || nullif(i.detail, ''), '') as problem, i.next_step
       from migration_item i
       where i.migration_id = $1 and i.outcome = $2 and i.ordinal > $3
       order by i.ordinal limit $4
     ) p
   ) person`,
);
