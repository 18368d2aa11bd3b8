import { statement } from "../../../../../platform/database/statement.ts";

// SHA-256 over every item in order, in two levels so that no value grows with the plan: a digest per thousand
// items, then one over those. A row's text form quotes its parts, so two different plans never read the same.
// Each part reads its thousand by the primary key, because grouping would sort the text of the whole plan. The items'
// own ids and the migration's are left out: they are new each time. The text stays in migration_plan_part, written as
// it is hashed so that no part is held twice: the run changes the items, and an auditor has to be able to compute the
// sealed fingerprint again from what was sealed.
export const fingerprintItemsStatement = statement<{ fingerprint: string }>(
  "copyCustomers.fingerprintItems",
  `with part as (
     insert into migration_plan_part (migration_id, number, row_count, sealed_rows)
     select $1::uuid, n.number, p.row_count, p.sealed_rows
     from (select generate_series(0, (max(ordinal) - 1) / 1000) as number from migration_item where migration_id = $1) n
     cross join lateral (select count(*) as row_count, string_agg(
       row(ordinal, email, raw_email, name, source_type, source_account_id, source_portal_customer_id, import_id, row_number,
         destination_state, destination_type, destination_account_id, destination_portal_customer_id, type_after, effect,
         joins_group, project_ids, planned_outcome, problem, next_step, detail, warning)::text, E'\\n' order by ordinal) as sealed_rows
     from migration_item
     where migration_id = $1 and ordinal > n.number * 1000 and ordinal <= n.number * 1000 + 1000) p
     where p.row_count > 0
     returning number, sha256(convert_to(sealed_rows, 'UTF8')) as digest
   )
   select encode(sha256(coalesce(string_agg(digest, ''::bytea order by number), ''::bytea)), 'hex') as fingerprint from part`,
);
