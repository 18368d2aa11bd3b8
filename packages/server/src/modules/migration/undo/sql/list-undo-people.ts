import { statement } from "../../../../platform/database/statement.ts";

/** One row of an undo with the person it is about. */
export interface UndoPersonRow {
  ordinal: number;
  itemId: string;
  email: string;
  name: string;
  action: "RESTORE" | "SET_ASIDE" | "NOTHING";
  reason: string | null;
}

// $1 undo, $2 migration, $3 action or null, $4 after ordinal, $5 page size plus one.
export const listUndoPeopleStatement = statement<UndoPersonRow>(
  "migration.listUndoPeople",
  `select u.ordinal, i.id as "itemId", coalesce(i.email, i.raw_email) as email, i.name, u.action, u.reason
   from migration_undo_item u join migration_item i on i.migration_id = $2 and i.ordinal = u.ordinal
   where u.undo_id = $1 and ($3::text is null or u.action = $3) and u.ordinal > coalesce($4::int, 0)
   order by u.ordinal limit $5`,
);
