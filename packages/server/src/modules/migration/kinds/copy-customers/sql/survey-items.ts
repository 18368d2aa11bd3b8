import { statement } from "../../../../../platform/database/statement.ts";

/** What the checks count over the planned items; an item may belong to several topics. */
export type SurveyTopic =
  | "PERSON"
  | "TYPE_DIFFERS"
  | "WITHOUT_ROLE"
  | "TYPE_OR_ROLE"
  | "DUPLICATE_NOW"
  | "DUPLICATE_AFTER"
  | "LOOKALIKE"
  | "BAD_ROW"
  | "INVALID_EMAIL"
  | "DUPLICATE_ROW"
  | "UNSUPPORTED_ADDRESS"
  | "DISTRIBUTION_LIST"
  | "BOT"
  | "INACTIVE_ON_SOURCE"
  | "INACTIVE_ON_DESTINATION"
  | "MANAGED_BY_ANOTHER_ORGANIZATION";

// Every topic with its count and its first ten addresses; nearly everyone is a person, so those are counted apart and
// without examples, and not sorted. The warnings about look-alike
// domains all say "look like", "looks like" or "look alike".
export const surveyItemsStatement = statement<{
  topic: SurveyTopic;
  count: number;
  /** Null for PERSON. */
  examples: string[] | null;
}>(
  "copyCustomers.surveyItems",
  `with item as (
     select i.*, i.effect in ('LINK', 'UNCHANGED') and i.destination_state not in ('INACTIVE', 'MANAGED_ELSEWHERE')
       and i.destination_type not in ('NONE', i.source_type) as type_differs
     from migration_item i where i.migration_id = $1
   ), topical as (
     select t.topic, coalesce(nullif(i.email, ''), nullif(i.raw_email, ''), 'row ' || i.row_number) as example,
       row_number() over (partition by t.topic order by i.ordinal) as place
     from item i cross join lateral unnest(array_remove(array[
       case when i.type_differs then 'TYPE_DIFFERS' end,
       case when i.joins_group then 'WITHOUT_ROLE' end,
       case when i.type_differs or i.joins_group then 'TYPE_OR_ROLE' end,
       case when i.problem = 'DUPLICATE_ACCOUNTS_ON_DESTINATION' then
         case when i.destination_state = 'BOTH' then 'DUPLICATE_NOW' else 'DUPLICATE_AFTER' end end,
       case when i.warning ~ 'looks? (a)?like' then 'LOOKALIKE' end,
       case when i.problem in ('BAD_ROW', 'INVALID_EMAIL', 'DUPLICATE_ROW', 'UNSUPPORTED_ADDRESS', 'DISTRIBUTION_LIST', 'BOT',
         'INACTIVE_ON_SOURCE', 'INACTIVE_ON_DESTINATION', 'MANAGED_BY_ANOTHER_ORGANIZATION') then i.problem end
     ], null)) t (topic)
   )
   select topic, count(*)::int as count,
     array_agg(example order by place) filter (where place <= 10 and example is not null) as examples
   from topical group by topic
   union all
   select 'PERSON', count(*)::int, null from migration_item i
   where i.migration_id = $1 and (i.source_account_id is not null or i.source_portal_customer_id is not null)`,
);
