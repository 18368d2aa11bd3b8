import { randomUUID } from "node:crypto";
import type { CommandRun, RemoteCommand } from "./command.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { findMigration } from "./find-place.ts";
import { followMigration } from "./follow.ts";

interface Decided {
  migration: { name: string; state: string };
}

const selection = "... on MigrationResult { migration { name state } }";

/** `rehome approve MR-12 --fingerprint F --confirm "Site name"`. */
export const approveCommand: RemoteCommand = {
  summary: "Seals the plan of this fingerprint, so that exactly this may run.",
  subject: "MR-12",
  options: {
    fingerprint: {
      type: "string",
      value: "F",
      help: "the fingerprint that rehome plan showed",
      required: true,
    },
    confirm: { type: "string", value: "NAME", help: "the destination site's name", required: true },
  },
  async run(run) {
    const { id } = await findMigration(run, run.subject);
    return decide(run, "approveMigration", "approved", {
      migrationId: id,
      fingerprint: run.text("fingerprint"),
      confirmSiteName: run.text("confirm"),
    });
  },
};

/** `rehome run MR-12 [--watch]`. */
export const runCommand: RemoteCommand = {
  summary: "Starts the run of an approved migration; --watch stays until it ends.",
  subject: "MR-12",
  options: { watch: { type: "boolean", help: "follow the run and end as it ends" } },
  async run(run) {
    const { id } = await findMigration(run, run.subject);
    const { migration } = await run.server.ask<{ migration: { progress: { sequence: number } } }>(
      `query CliBefore($id: ID!) { migration(id: $id) { progress { sequence } } }`,
      { id },
    );
    const started = await decide(run, "startMigration", "started", { migrationId: id });
    return run.flag("watch") ? followMigration(run, id, migration.progress.sequence) : started;
  },
};

/** `rehome pause MR-12`. */
export const pauseCommand = simple("Pauses a run at the next batch.", "pauseMigration", "paused");
/** `rehome resume MR-12`. */
export const resumeCommand: RemoteCommand = {
  summary: "Lets a paused run go on, and a failed one at the batch where an error stopped it.",
  subject: "MR-12",
  options: {},
  async run(run) {
    const { id } = await findMigration(run, run.subject);
    const { migration } = await run.server.ask<{ migration: { state: string } }>(
      `query CliState($id: ID!) { migration(id: $id) { state } }`,
      { id },
    );
    const mutation = migration.state === "FAILED" ? "retryMigration" : "resumeMigration";
    return decide(run, mutation, "goes on", { migrationId: id });
  },
};
/** `rehome cancel MR-12`. */
export const cancelCommand = simple(
  "Stops a migration for good; who was copied stays.",
  "cancelMigration",
  "cancelled",
);

function simple(summary: string, mutation: string, done: string): RemoteCommand {
  return {
    summary,
    subject: "MR-12",
    options: {},
    async run(run) {
      const { id } = await findMigration(run, run.subject);
      return decide(run, mutation, done, { migrationId: id });
    },
  };
}

async function decide(run: CommandRun, mutation: string, done: string, input: object): Promise<ExitCode> {
  const { migration } = await run.server.change<Decided>(mutation, selection, {
    ...input,
    idempotencyKey: randomUUID(),
  });
  run.output.tell(
    { type: "decision", decision: mutation, migration: migration.name, state: migration.state },
    `${migration.name}: ${done}.`,
  );
  return exitCodes.done;
}
