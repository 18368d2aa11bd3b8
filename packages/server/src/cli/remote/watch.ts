import type { RemoteCommand } from "./command.ts";
import { wrongUsage } from "./exit-codes.ts";
import { findMigration } from "./find-place.ts";
import { followMigration } from "./follow.ts";

/** `rehome watch MR-12`. */
export const watchCommand: RemoteCommand = {
  summary:
    "Follows a migration until its run ends: a progress bar on a terminal, else one JSON line per event.",
  subject: "MR-12",
  options: { after: { type: "string", value: "N", help: "only events after this number; 0, all of them" } },
  async run(run) {
    const after = Number(run.text("after") ?? 0);
    if (!Number.isInteger(after) || after < 0) {
      throw wrongUsage("--after is the number of the last event you have.");
    }
    const { id } = await findMigration(run, run.subject);
    return followMigration(run, id, after);
  },
};
