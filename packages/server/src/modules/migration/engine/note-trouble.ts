import type { EntityManager } from "../../../platform/database/orm.ts";
import { noteTroubleStatement } from "./sql/note-trouble.ts";

/** Keeps what went wrong last with a migration for whoever asks why it does not move. Never throws: a database that refuses this too leaves only the log. */
export async function noteTrouble(em: EntityManager, migrationId: string, error: unknown): Promise<void> {
  const text = error instanceof Error ? error.message : String(error);
  try {
    await noteTroubleStatement.run(em, [migrationId, text.slice(0, 500)]);
  } catch {
    // The step's own error is logged by the caller; this one has the same cause.
  }
}
