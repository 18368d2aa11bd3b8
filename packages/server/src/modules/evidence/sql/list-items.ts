import { statement } from "../../../platform/database/statement.ts";

/** A row of the migration with its plan and how it ended; every column, under the names of the table. */
export interface EvidenceItem extends Record<string, unknown> {
  ordinal: number;
}

// $1 migration, $2 after ordinal, $3 page size.
export const listItemsStatement = statement<{ item: EvidenceItem }>(
  "evidence.listItems",
  `select to_jsonb(i) - 'migration_id' as item from migration_item i
   where i.migration_id = $1 and i.ordinal > $2 order by i.ordinal limit $3`,
);
