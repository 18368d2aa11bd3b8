import type { RemoteCommand } from "./command.ts";
import { approveCommand, cancelCommand, pauseCommand, resumeCommand, runCommand } from "./decide.ts";
import { importCommand } from "./import.ts";
import { listCommand } from "./list.ts";
import { planCommand } from "./plan.ts";
import { reportCommand } from "./report.ts";
import { undoCommand } from "./undo.ts";
import { watchCommand } from "./watch.ts";

export { runRemote } from "./command.ts";

/** The commands that talk to a server, by their names. None opens the database. */
export const remoteCommands: Record<string, RemoteCommand> = {
  import: importCommand,
  plan: planCommand,
  approve: approveCommand,
  run: runCommand,
  watch: watchCommand,
  pause: pauseCommand,
  resume: resumeCommand,
  cancel: cancelCommand,
  undo: undoCommand,
  report: reportCommand,
  list: listCommand,
};
