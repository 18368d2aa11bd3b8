import { statement } from "../../../platform/database/statement.ts";
import { itemColumns, type ItemRow } from "./list-items.ts";

export const loadItemStatement = statement<ItemRow>(
  "migration.loadItem",
  `select ${itemColumns} from migration_item i where i.migration_id = $1 and i.id = $2`,
);
