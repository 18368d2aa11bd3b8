import { statement } from "../../../../platform/database/statement.ts";

// How many of the ids are rows of this migration that still stand. $1 migration, $2 ids.
export const countKnownItemsStatement = statement<{ known: number; undone: number }>(
  "migration.countKnownItems",
  `select count(*)::int as known, count(undone_at)::int as undone from migration_item
   where migration_id = $1 and id = any($2::uuid[])`,
);
