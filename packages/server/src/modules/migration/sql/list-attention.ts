import { statement } from "../../../platform/database/statement.ts";
import { itemColumns, itemFilterSql, type ItemRow } from "./list-items.ts";

// The page of listItems for those who require attention, with its parameters. While a run goes on the statistics say
// that nobody does, and the planner would look through all rows; "offset 0" keeps it to walking the rows with a
// problem, in order, as far as the run is.
export const listAttentionStatement = statement<ItemRow>(
  "migration.listAttention",
  `select ${itemColumns} from (
     select * from migration_item w
     where w.migration_id = $1 and w.problem is not null and w.ordinal > coalesce($10::int, 0)
       and w.ordinal <= (select m.applied_ordinal from migration m where m.id = $1)
     order by w.ordinal offset 0
   ) i
   where ${itemFilterSql} and i.outcome = 'REQUIRES_ATTENTION'
   order by i.ordinal limit $11`,
);
