import { statement } from "../../../platform/database/statement.ts";

/** An event of the migration's log. */
export interface EvidenceEvent {
  sequence: number;
  type: string;
  summary: string;
  payload: unknown;
  at: string;
}

// $1 migration, $2 after number, $3 page size.
export const listEventsStatement = statement<EvidenceEvent>(
  "evidence.listEvents",
  `select sequence::int, type, summary, payload, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
   from migration_event where migration_id = $1 and sequence > $2 order by sequence limit $3`,
);
