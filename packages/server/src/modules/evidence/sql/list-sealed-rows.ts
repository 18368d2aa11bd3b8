import { statement } from "../../../platform/database/statement.ts";

/** A thousand rows of the plan as they were sealed: the text that their part of the fingerprint is the SHA-256 of. */
export interface SealedPart {
  number: number;
  rows: number;
  text: string;
}

// $1 migration, $2 after part, $3 page size.
export const listSealedRowsStatement = statement<SealedPart>(
  "evidence.listSealedRows",
  `select number, row_count as rows, sealed_rows as text from migration_plan_part
   where migration_id = $1 and number > $2 order by number limit $3`,
);
