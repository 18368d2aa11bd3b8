import { setTimeout as sleep } from "node:timers/promises";
import type { CommandRun } from "./command.ts";
import { CliError, exitCodes, type ExitCode } from "./exit-codes.ts";
import { openEventSocket, type EventSocket, type MigrationEvent } from "./event-socket.ts";
import { drawProgress } from "./progress-bar.ts";
import { tellResult, type Standing } from "./tell-result.ts";
import { UnreachableError } from "./server.ts";

/** Seconds between two tries to come back; the last one is kept. */
const backoff = [0.2, 0.5, 1, 2, 5];
/** A server that is away longer than this is given up; a restart or an upgrade takes less. */
const longestAbsence = 10 * 60 * 1000;

const ended = new Set(["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED", "CANCELLED", "UNDONE"]);

const standingQuery = `query CliStanding($id: ID!) { migration(id: $id) {
  name state failure lastResult progress { sequence total processed successful requiresAttention openAttention notCopied failed }
  accessProof { lost gained unexplained } } }`;

/**
 * Tells every event after a number, each once, until the run has ended and its log is told. Connections that
 * break are opened again and go on after the last event.
 * @returns the exit code that the run's end stands for
 */
export async function followMigration(run: CommandRun, id: string, after: number): Promise<ExitCode> {
  const log = { last: after };
  for (;;) {
    const standing = await readStandingPatiently(run, id);
    if (ended.has(standing.state) && log.last >= standing.progress.sequence) {
      run.output.progress(null);
      return tellResult(run.output, standing);
    }
    const socket = openEventSocket(run.server);
    try {
      await readEvents(run, id, standing, log, socket);
    } catch {
      // The next look at the migration says what is wrong, in words: away, token ended, migration gone.
      await sleep(300);
    } finally {
      await socket.close();
    }
  }
}

/** Tells events until the log of an ended run is told; returns or throws when the connection ends before. */
async function readEvents(
  run: CommandRun,
  id: string,
  standing: Standing,
  log: { last: number },
  socket: EventSocket,
): Promise<void> {
  let until = ended.has(standing.state) ? standing.progress.sequence : Infinity;
  if (run.output.live) {
    socket.onProgress(id, (progress) => run.output.progress(drawProgress(standing.name, progress)));
  }
  for await (const event of socket.events(id, log.last)) {
    if (event.sequence <= log.last) {
      continue;
    }
    log.last = event.sequence;
    tellEvent(run, event);
    if (until === Infinity && mayBeTheEnd.has(event.type)) {
      const now = await readStanding(run, id);
      until = ended.has(now.state) ? now.progress.sequence : Infinity;
    }
    if (event.sequence >= until) {
      return;
    }
  }
}

/** What the bar shows already. */
const batchEvents = new Set(["BATCH_APPLIED", "UNDO_BATCH"]);
const mayBeTheEnd = new Set(["COMPLETED", "FAILED", "CANCELLED", "UNDONE"]);

function tellEvent({ output }: CommandRun, event: MigrationEvent): void {
  const { type, ...rest } = event;
  if (output.json) {
    output.tell({ type: "event", event: type, ...rest });
  } else if (!batchEvents.has(type) || !output.live) {
    output.say(`${event.at.slice(11, 19)}  ${event.summary}`);
  }
}

async function readStandingPatiently(run: CommandRun, id: string): Promise<Standing> {
  const deadline = Date.now() + longestAbsence;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await readStanding(run, id);
    } catch (error) {
      if (!(error instanceof UnreachableError) || Date.now() > deadline) {
        throw error;
      }
      run.output.progress(`Waiting for ${run.server.url}`);
      await sleep((backoff[Math.min(attempt, backoff.length - 1)] ?? 5) * 1000);
    }
  }
}

async function readStanding({ server }: CommandRun, id: string): Promise<Standing> {
  const { migration } = await server.ask<{ migration: Standing | null }>(standingQuery, { id });
  if (migration === null) {
    throw new CliError(exitCodes.notFound, "NOT_FOUND", "The migration is no longer visible to this token.");
  }
  return migration;
}
