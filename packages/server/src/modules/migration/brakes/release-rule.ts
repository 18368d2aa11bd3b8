import type { EntityManager } from "../../../platform/database/orm.ts";
import { refuse, Refused } from "../../../platform/refusal.ts";
import { listAdministrators } from "../../directory/index.ts";
import type { Actor } from "../../sign-in/index.ts";
import { brakeWords } from "../engine/brake-words.ts";
import { migrationName, type MigrationRecord } from "../migration-record.ts";
import { mayMigrate } from "../migration.visibility.ts";
import { listBrakesStatement, type BrakeRow } from "./sql/list-brakes.ts";
import { readReleaseRuleStatement, type ReleaseRule } from "./sql/read-release-rule.ts";

/** Ends the transaction when a brake paused the run: going on takes a release, with a reason. */
export async function insistOnReleasedBrakes(tx: EntityManager, migration: MigrationRecord): Promise<void> {
  const open = openBrakes(await listBrakesStatement.run(tx, [migration.id]));
  if (open.length === 0) {
    return;
  }
  const [rule] = await readReleaseRuleStatement.run(tx, [migration.id]);
  const whoCanGrant = await whoMayRelease(tx, migration, rule);
  const words = open.map(({ brake }) => brakeWords[brake]).join(" and ");
  refuse(
    "INVALID_STATE",
    `A brake paused ${migrationName(migration.number)}: ${words}. It goes on when ${open.length === 1 ? "that brake is" : "those brakes are"} released with a reason. ${sayWho(whoCanGrant)}`,
    { whoCanGrant },
  );
}

/** Whether a brake keeps the run from being resumed. */
export async function isHeldByBrake(em: EntityManager, migration: MigrationRecord): Promise<boolean> {
  return openBrakes(await listBrakesStatement.run(em, [migration.id])).length > 0;
}

/** Brakes that hold the run: tripped and not released. */
export function openBrakes(rows: readonly BrakeRow[]): BrakeRow[] {
  return rows.filter((row) => row.trippedAt !== null && row.releasedAt === null);
}

/**
 * Whether the actor may release a brake of this run: who may migrate, and where the organization asks for a second
 * approver nobody who approved the plan. True, or the refusal saying who can.
 */
export async function mayRelease(
  em: EntityManager,
  actor: Actor,
  migration: MigrationRecord,
): Promise<true | Refused> {
  const allowed = await mayMigrate(em, actor, migration);
  if (allowed !== true) {
    return allowed;
  }
  const [rule] = await readReleaseRuleStatement.run(em, [migration.id]);
  if (rule?.otherPersonRequired !== true || !rule.approverIds.includes(actor.accountId)) {
    return true;
  }
  const whoCanGrant = await whoMayRelease(em, migration, rule);
  return new Refused(
    "NOT_PERMITTED",
    `You approved ${migrationName(migration.number)}; its brakes are released by somebody else. ${sayWho(whoCanGrant)}`,
    { whoCanGrant },
  );
}

async function whoMayRelease(
  em: EntityManager,
  migration: MigrationRecord,
  rule: ReleaseRule | undefined,
): Promise<string[]> {
  const { organizationId, sourceSiteId, destinationSiteId } = migration;
  const [source = [], destination = []] = await listAdministrators(em, [
    { organizationId, siteId: sourceSiteId },
    { organizationId, siteId: destinationSiteId },
  ]);
  const except = rule?.otherPersonRequired === true ? rule.approverEmails : [];
  return source.filter(
    (person) =>
      destination.includes(person) &&
      !except.some((email) => person === email || person.endsWith(` (${email})`)),
  );
}

function sayWho(people: readonly string[]): string {
  return people.length === 0
    ? "Nobody else administers both sites; an organization admin can name somebody who does."
    : `It can be released by: ${people.join(", ")}.`;
}
