import type { EntityManager } from "../../platform/database/orm.ts";
import { refuse } from "../../platform/refusal.ts";
import type { Actor } from "../sign-in/index.ts";
import { moveState } from "./engine/move-state.ts";
import { sayNumber } from "./engine/say-number.ts";
import type { MigrationState } from "./engine/states.ts";
import type { MigrationKind } from "./kind.ts";
import { migrationName, type MigrationRecord } from "./migration-record.ts";
import { refuseState } from "./plan-guards.ts";
import { recordDecision } from "./record-decision.ts";
import { insertMigrationStatement } from "./sql/insert-migration.ts";
import { listFollowUpsStatement } from "./sql/list-follow-ups.ts";

/** The states in which a run is over, so that whom it set aside is known for good. */
export const endedStates: readonly MigrationState[] = [
  "COMPLETED",
  "COMPLETED_WITH_ATTENTION",
  "FAILED",
  "CANCELLED",
];

/** The follow-up that is still under way: only one at a time plans the same people. */
export function findOpen<Row extends { state: MigrationState }>(followUps: readonly Row[]): Row | undefined {
  return followUps.find(
    ({ state }) => !endedStates.includes(state) && state !== "UNDOING" && state !== "UNDONE",
  );
}

/** Makes a migration of the people that `original` set aside and asks for its plan; returns its id. The caller holds the row. */
export async function createFollowUp(
  tx: EntityManager,
  kind: MigrationKind<unknown>,
  actor: Actor,
  original: MigrationRecord,
): Promise<string> {
  if (!endedStates.includes(original.state)) {
    refuseState(original, "planned again for single people");
  }
  const waiting = (await kind.planAgain?.count(tx, original.id)) ?? 0;
  if (kind.planAgain === undefined || waiting === 0) {
    refuse("ALREADY_DONE", `Nobody of ${migrationName(original.number)} is waiting to be planned again.`);
  }
  const earlier = await listFollowUpsStatement.run(tx, [[original.id]]);
  const open = findOpen(earlier);
  if (open !== undefined) {
    refuse(
      "ALREADY_EXISTS",
      `${migrationName(open.number)} plans these people again already. Go on there or stop it.`,
    );
  }
  const options = kind.planAgain.options(kind.options.parse(original.options), original.id);
  const [created] = await insertMigrationStatement.run(tx, [
    original.organizationId,
    original.kind,
    original.sourceSiteId,
    original.destinationSiteId,
    JSON.stringify(options),
    actor.accountId,
    original.id,
  ]);
  if (created === undefined) {
    throw new Error("The organization row is gone");
  }
  await moveState(tx, created.id, "CHECKING");
  const { organizationId } = original;
  const [name, first] = [migrationName(created.number), migrationName(original.number)];
  const people = waiting === 1 ? "1 person" : `${sayNumber(waiting)} people`;
  const summary = `${name} created: plans ${people} of ${first} again`;
  await recordDecision(tx, actor, created.id, organizationId, "CREATED", "create", summary);
  const planning = `${name} sent to planning by ${actor.name}`;
  await recordDecision(tx, actor, created.id, organizationId, "PLANNING_STARTED", "plan", planning);
  const told = `${people} planned again in ${name} by ${actor.name}`;
  await recordDecision(tx, actor, original.id, organizationId, "FOLLOW_UP_CREATED", "plan_again", told);
  return created.id;
}
