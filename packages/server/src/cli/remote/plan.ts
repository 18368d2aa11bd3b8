import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CommandRun, RemoteCommand } from "./command.ts";
import { CliError, exitCodes, wrongUsage, type ExitCode } from "./exit-codes.ts";
import { findMigration, findSite } from "./find-place.ts";
import { formatCount, formatTable } from "./output.ts";

interface PlanRow {
  sourceType: string;
  destinationState: string;
  effect: string;
  outcome: string;
  problemText: string | null;
  nextStepText: string | null;
  count: number;
}

interface PlannedMigration {
  id: string;
  name: string;
  state: string;
  failure: string | null;
  destinationSite: { name: string };
  checks: {
    code: string;
    title: string;
    severity: string;
    passed: boolean;
    detail: string;
    fix: string;
    who: string;
    affected: number | null;
  }[];
  plan: {
    fingerprint: string;
    totalItems: number;
    successful: number;
    requiresAttention: number;
    failed: number;
    create: number;
    link: number;
    unchanged: number;
    notCopied: number;
    joinsGroup: number;
    groupName: string | null;
    whatPeopleNotice: string[];
    rows: PlanRow[];
  } | null;
}

const planQuery = `query CliPlan($id: ID!) { migration(id: $id) {
  id name state failure destinationSite { name }
  checks { code title severity passed detail fix who affected }
  plan { fingerprint totalItems successful requiresAttention failed create link unchanged notCopied joinsGroup groupName
    whatPeopleNotice rows { sourceType destinationState effect outcome problemText nextStepText count } } } }`;

/** `rehome plan --from SITE --to SITE`, or `--migration MR-12` again. */
export const planCommand: RemoteCommand = {
  summary: "Makes a migration and its plan: what will happen to whom. Changes nobody.",
  options: {
    from: { type: "string", value: "SITE", help: "source: name or URL name" },
    to: { type: "string", value: "SITE", help: "destination: name or URL name" },
    projects: { type: "string", value: "A,B", help: "only customers of these source projects" },
    migration: {
      type: "string",
      value: "MR-12",
      help: "plan this migration again, instead of --from and --to",
    },
  },
  run: runPlan,
};

async function runPlan(run: CommandRun): Promise<ExitCode> {
  const { server, output, text } = run;
  const again = text("migration");
  const isNew = text("from") !== undefined && text("to") !== undefined;
  if (isNew === (again !== undefined)) {
    throw wrongUsage("Say --from and --to for a new migration, or --migration for one there is.");
  }
  const migrationId = again === undefined ? await create(run) : (await findMigration(run, again)).id;
  await server.change("planMigration", "... on MigrationResult { migration { id } }", {
    migrationId,
    idempotencyKey: randomUUID(),
  });
  const migration = await untilPlanned(run, migrationId);
  if (migration.plan === null || migration.failure !== null) {
    const reason = migration.failure ?? `it is ${migration.state}`;
    throw new CliError(exitCodes.failed, "PLANNING_FAILED", `${migration.name} has no plan: ${reason}`);
  }
  const blockers = migration.checks.filter((check) => check.severity === "BLOCKER" && !check.passed);
  const { plan, checks, name, state, id } = migration;
  output.tell(
    { type: "plan", migration: name, id, state, approvable: blockers.length === 0, ...plan, checks },
    ...describePlan(migration, blockers.length),
  );
  return blockers.length > 0 ? exitCodes.checksFailed : exitCodes.done;
}

async function create(run: CommandRun): Promise<string> {
  const source = await findSite(run, run.text("from") ?? "");
  const destination = await findSite(run, run.text("to") ?? "");
  const keys = run
    .text("projects")
    ?.split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  const { migration } = await run.server.change<{ migration: { id: string } }>(
    "createMigration",
    "... on MigrationResult { migration { id } }",
    {
      kind: "COPY_CUSTOMERS",
      sourceSiteId: source.id,
      destinationSiteId: destination.id,
      allCustomers: keys === undefined,
      projectKeys: keys,
      idempotencyKey: randomUUID(),
    },
  );
  return migration.id;
}

async function untilPlanned({ server, output }: CommandRun, id: string): Promise<PlannedMigration> {
  for (;;) {
    const { migration } = await server.ask<{ migration: PlannedMigration }>(planQuery, { id });
    if (migration.state !== "CHECKING") {
      output.progress(null);
      return migration;
    }
    output.progress(`Planning ${migration.name}`);
    await sleep(300);
  }
}

function describePlan({ name, plan, checks, destinationSite }: PlannedMigration, blockers: number): string[] {
  if (plan === null) {
    return [];
  }
  const table = formatTable([
    ["Outcome", "Source", "Destination", "Effect", "Problem and next step", "People"],
    ...plan.rows.map((row) => [
      word(row.outcome),
      word(row.sourceType),
      word(row.destinationState),
      word(row.effect),
      [row.problemText, row.nextStepText].filter((part) => part !== null).join(" → "),
      row.count,
    ]),
  ]);
  const notable = checks.filter((check) => !check.passed);
  return [
    `${name}: ${formatCount(plan.totalItems)} people to ${destinationSite.name}. Nothing has changed yet.`,
    "",
    ...table,
    "",
    `Successful ${formatCount(plan.successful)}, requires attention ${formatCount(plan.requiresAttention)}, failed ${formatCount(plan.failed)}.`,
    ...(plan.groupName === null
      ? []
      : [`${formatCount(plan.joinsGroup)} people join the group ${plan.groupName}.`]),
    ...plan.whatPeopleNotice.map((sentence) => `People will notice: ${sentence}`),
    ...notable.map(
      (check) => `${word(check.severity)}: ${check.title}. ${check.detail} ${check.fix} (${check.who})`,
    ),
    ...(notable.length === 0 ? [`All ${checks.length} checks pass.`] : []),
    `Fingerprint ${plan.fingerprint}`,
    blockers > 0
      ? "It cannot be approved before the blockers are mended."
      : `Approve: rehome approve ${name} --fingerprint ${plan.fingerprint} --confirm ${JSON.stringify(destinationSite.name)}`,
  ];
}

/** REQUIRES_ATTENTION as "Requires attention". */
function word(value: string): string {
  const words = value.toLowerCase().replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
