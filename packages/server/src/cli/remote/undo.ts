import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CommandRun, RemoteCommand } from "./command.ts";
import { CliError, exitCodes, notThere, wrongUsage, type ExitCode } from "./exit-codes.ts";
import { findMigration } from "./find-place.ts";
import { formatCount } from "./output.ts";

interface Undo {
  id: string;
  state: string;
  about: string;
  fingerprint: string | null;
  failure: string | null;
  total: number;
  processed: number;
  restoreCount: number;
  setAsideCount: number;
  unchangedCount: number;
  restored: number;
  leftAside: number;
  whatPeopleNotice: string[];
  people: { edges: { node: { email: string; reason: string | null } }[] };
}

interface UndoneMigration {
  name: string;
  destinationSite: { name: string };
  undo: Undo | null;
}

const undoFields = `id state about fingerprint failure total processed restoreCount setAsideCount unchangedCount
  restored leftAside whatPeopleNotice people(action: SET_ASIDE, first: 10) { edges { node { email reason } } }`;
const undoQuery = `query CliUndo($id: ID!, $undoId: ID!) { migration(id: $id) {
  name destinationSite { name } undo(id: $undoId) { ${undoFields} } } }`;

/** `rehome undo MR-12`, then the same with --start. */
export const undoCommand: RemoteCommand = {
  summary:
    "Plans taking a run back, for everybody or some; --start does what a plan of this fingerprint says.",
  subject: "MR-12",
  options: {
    outcome: {
      type: "string",
      value: "OUTCOME",
      help: "plan only rows with this outcome, such as successful",
    },
    effect: { type: "string", value: "EFFECT", help: "plan only rows the run did this for, such as create" },
    start: { type: "boolean", help: "start the planned undo and stay until it ends" },
    fingerprint: { type: "string", value: "F", help: "with --start: the fingerprint that the plan showed" },
    confirm: { type: "string", value: "NAME", help: "with --start: the destination site's name" },
  },
  async run(run) {
    const isStart = run.flag("start");
    const startWords = ["fingerprint", "confirm"].filter((option) => run.text(option) !== undefined);
    const scopeWords = ["outcome", "effect"].filter((option) => run.text(option) !== undefined);
    if (startWords.length !== (isStart ? 2 : 0) || (isStart && scopeWords.length > 0)) {
      throw wrongUsage(
        "Plan with --outcome or --effect or neither; then --start with --fingerprint and --confirm.",
      );
    }
    const { id } = await findMigration(run, run.subject);
    return isStart ? startUndo(run, id) : planUndo(run, id);
  },
};

async function planUndo(run: CommandRun, migrationId: string): Promise<ExitCode> {
  const enumWord = (option: string) => run.text(option)?.toUpperCase().replaceAll("-", "_");
  const [outcome, effect] = [enumWord("outcome"), enumWord("effect")];
  const scope = outcome === undefined && effect === undefined ? { everything: true } : { outcome, effect };
  const { undo } = await run.server.change<{ undo: { id: string } }>(
    "planUndo",
    "... on UndoSuccess { undo { id } }",
    { migrationId, scope, idempotencyKey: randomUUID() },
  );
  const migration = await untilDone(run, migrationId, undo.id, ["PLANNING"]);
  const { name, destinationSite, undo: plan } = migration;
  if (plan.state !== "PLANNED") {
    throw new CliError(exitCodes.failed, "PLANNING_FAILED", `${name}: ${plan.failure ?? plan.state}`);
  }
  run.output.tell(
    { type: "undo", migration: name, ...withoutPages(plan) },
    `${name}: undo of ${plan.about}. Nothing has changed yet.`,
    `${formatCount(plan.restoreCount)} people are put back, ${formatCount(plan.setAsideCount)} set aside, ` +
      `${formatCount(plan.unchangedCount)} were not changed by the run.`,
    ...plan.whatPeopleNotice.map((sentence) => `People will notice: ${sentence}`),
    ...describeAside(plan),
    `Fingerprint ${plan.fingerprint}`,
    `Start: rehome undo ${name} --start --fingerprint ${plan.fingerprint} --confirm ${JSON.stringify(destinationSite.name)}`,
  );
  return exitCodes.done;
}

async function startUndo(run: CommandRun, migrationId: string): Promise<ExitCode> {
  const fingerprint = run.text("fingerprint");
  const { migration } = await run.server.ask<{
    migration: { name: string; undos: { id: string; fingerprint: string | null }[] };
  }>(`query CliUndos($id: ID!) { migration(id: $id) { name undos(first: 100) { id fingerprint } } }`, {
    id: migrationId,
  });
  const planned = migration.undos.find((undo) => undo.fingerprint === fingerprint);
  if (planned === undefined) {
    throw notThere(`${migration.name} has no planned undo of this fingerprint.`);
  }
  await run.server.change("startUndo", "... on UndoSuccess { undo { id } }", {
    undoId: planned.id,
    fingerprint,
    confirmSiteName: run.text("confirm"),
    idempotencyKey: randomUUID(),
  });
  const { name, undo } = await untilDone(run, migrationId, planned.id, ["PLANNED", "UNDOING"]);
  if (undo.state !== "UNDONE") {
    throw new CliError(exitCodes.failed, "UNDO_FAILED", `${name}: ${undo.failure ?? undo.state}`);
  }
  const exitCode = undo.leftAside > 0 ? exitCodes.attention : exitCodes.done;
  run.output.tell(
    { type: "undo", migration: name, exitCode, ...withoutPages(undo) },
    `${name}: undone. ${formatCount(undo.restored)} people put back, ${formatCount(undo.leftAside)} set aside.`,
    ...describeAside(undo),
  );
  return exitCode;
}

/** Waits while the undo is in one of these states. */
async function untilDone(
  { server, output }: CommandRun,
  id: string,
  undoId: string,
  states: readonly string[],
): Promise<UndoneMigration & { undo: Undo }> {
  for (;;) {
    const { migration } = await server.ask<{ migration: UndoneMigration | null }>(undoQuery, { id, undoId });
    const undo = migration?.undo;
    if (migration == null || undo == null) {
      throw notThere("The undo is no longer visible to this token.");
    }
    if (!states.includes(undo.state)) {
      output.progress(null);
      return { ...migration, undo };
    }
    output.progress(`${migration.name} ${formatCount(undo.processed)} of ${formatCount(undo.total)}`);
    await sleep(500);
  }
}

/** The first people set aside as a plain list instead of a page. */
function withoutPages({ people, ...undo }: Undo): object {
  return { ...undo, setAside: people.edges.map(({ node }) => node) };
}

function describeAside({ people }: Undo): string[] {
  return people.edges.map(({ node }) => `Set aside: ${node.email}: ${node.reason ?? "touched since"}`);
}
