import type { RemoteCommand } from "./command.ts";
import { CliError, exitCodes } from "./exit-codes.ts";
import { findMigration } from "./find-place.ts";
import { formatCount } from "./output.ts";
import { saveDownload } from "./save-download.ts";

/** `rehome report MR-12 --to FILE.zip`. */
export const reportCommand: RemoteCommand = {
  summary: "Saves the zip of reports of a run.",
  subject: "MR-12",
  options: { to: { type: "string", value: "FILE", help: "where to save it", required: true } },
  async run(run) {
    const { server, output, text } = run;
    const { id, name } = await findMigration(run, run.subject);
    const { migration } = await server.ask<{ migration: { reportUrl: string | null } | null }>(
      `query CliReport($id: ID!) { migration(id: $id) { reportUrl } }`,
      { id },
    );
    const address = migration?.reportUrl;
    if (address == null) {
      throw new CliError(exitCodes.failed, "NO_REPORT", `${name} has no report before its run starts.`);
    }
    const file = text("to") ?? "";
    const bytes = await saveDownload(server, address, file);
    output.tell({ type: "report", migration: name, file, bytes }, `${file}: ${formatCount(bytes)} bytes.`);
    return exitCodes.done;
  },
};
