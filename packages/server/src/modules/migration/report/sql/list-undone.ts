import { statement } from "../../../../platform/database/statement.ts";

/** What became of one row in the last undo that came to it. */
export interface UndoneRow {
  ordinal: number;
  email: string;
  name: string;
  action: "RESTORE" | "SET_ASIDE" | "NOTHING";
  reason: string | null;
}

// $1 migration, $2 after ordinal, $3 page size.
export const listUndoneStatement = statement<UndoneRow>(
  "migration.listUndone",
  `select distinct on (i.ordinal) i.ordinal, coalesce(p.email, p.raw_email) as email, p.name, i.action, i.reason
   from migration_undo u
   join lateral (
     select r.ordinal, r.action, r.reason from migration_undo_item r
     where r.undo_id = u.id and r.ordinal > $2 and r.ordinal <= u.applied_ordinal order by r.ordinal limit $3
   ) i on true
   join migration_item p on p.migration_id = $1 and p.ordinal = i.ordinal
   where u.migration_id = $1 and u.started_at is not null
   order by i.ordinal, u.started_at desc
   limit $3`,
);
