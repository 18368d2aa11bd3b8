import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CliError, exitCodes } from "./exit-codes.ts";
import { readProblem, toCliError, type RemoteServer } from "./server.ts";

/**
 * Streams an answer into a file, which appears only when it is whole.
 * @returns its bytes
 */
export async function saveDownload(server: RemoteServer, path: string, file: string): Promise<number> {
  const response = await server.fetch(path);
  if (!response.ok || response.body === null) {
    throw toCliError(await readProblem(response));
  }
  const draft = `${file}.${process.pid}.part`;
  const sink = createWriteStream(draft, { mode: 0o600 });
  try {
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), sink);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(exitCodes.failed, "NOT_SAVED", `${file} could not be written whole: ${reason}.`);
  }
  return sink.bytesWritten;
}
