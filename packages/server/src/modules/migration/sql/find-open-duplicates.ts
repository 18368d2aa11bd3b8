import { statement } from "../../../platform/database/statement.ts";
import { itemFilterSql } from "./list-items.ts";

// $10: one item, or null for every match of the filter.
export const findOpenDuplicatesStatement = statement<{ id: string }>(
  "migration.findOpenDuplicates",
  `select i.id from migration_item i
   where ${itemFilterSql} and i.outcome = 'REQUIRES_ATTENTION' and i.resolved_at is null and i.undone_at is null and i.problem is not null
     and i.next_step in ('UPGRADE', 'UPGRADE_THEN_COPY_AGAIN') and ($10::uuid is null or i.id = $10)
   order by i.ordinal`,
);
