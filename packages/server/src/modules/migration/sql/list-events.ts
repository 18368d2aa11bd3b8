import { statement } from "../../../platform/database/statement.ts";

/** An event as it stands in the log. */
export interface EventRow {
  migrationId: string;
  sequence: number;
  type: string;
  summary: string;
  payload: Record<string, unknown>;
  at: string;
}

const columns = `migration_id as "migrationId", sequence::int, type, summary, payload, at`;

// Newest first, for the page; $2: before this number or null; $3: words to find or null.
export const listEventsStatement = statement<EventRow>(
  "migration.listEvents",
  `select ${columns} from migration_event
   where migration_id = $1 and ($2::bigint is null or sequence < $2)
     and ($3::text is null or position(lower($3) in lower(summary)) > 0)
   order by sequence desc limit $4`,
);
