import { statement } from "../../../platform/database/statement.ts";
import type { EventRow } from "./list-events.ts";

// Oldest first after a number: what a reconnecting subscriber has missed.
export const replayEventsStatement = statement<EventRow>(
  "migration.replayEvents",
  `select migration_id as "migrationId", sequence::int, type, summary, payload, at from migration_event
   where migration_id = $1 and sequence > $2 order by sequence limit $3`,
);
