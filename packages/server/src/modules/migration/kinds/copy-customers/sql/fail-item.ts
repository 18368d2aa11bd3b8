import { statement } from "../../../../../platform/database/statement.ts";

// $1 migration, $2 ordinal, $3 why.
export const failItemStatement = statement(
  "copyCustomers.failItem",
  `update migration_item set outcome = 'FAILED', effect = 'NOT_COPIED', joins_group = false, type_after = destination_type,
     problem = 'COULD_NOT_BE_WRITTEN', next_step = 'COPY_AGAIN', detail = $3
   where migration_id = $1 and ordinal = $2 and outcome is null`,
);
