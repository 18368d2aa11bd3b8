import type { EntityManager } from "../../../platform/database/orm.ts";
import { announce } from "../../../platform/events/announce.ts";
import { notFound } from "../../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../../platform/refusal.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { listAdministrators } from "../../directory/index.ts";
import { belongsToOrganization, isOrganizationAdmin, type Actor } from "../../sign-in/index.ts";
import { appendEvent } from "../engine/append-event.ts";
import { brakeWords } from "../engine/brake-words.ts";
import { engineTopic } from "../engine/engine-topic.ts";
import { moveState } from "../engine/move-state.ts";
import type { Brake } from "../kind.ts";
import { migrationName, toMigrationRecord, type MigrationRecord } from "../migration-record.ts";
import { insistAllowed, requireVisibleMigration } from "../migration.visibility.ts";
import { refuseState } from "../plan-guards.ts";
import { reloadMigration } from "../reload-migration.ts";
import { lockMigrationStatement } from "../sql/lock-migration.ts";
import type { BrakeLimit } from "./limits.ts";
import { listOrganizationLimits } from "./read-brakes.ts";
import { mayRelease, openBrakes } from "./release-rule.ts";
import { listBrakesStatement } from "./sql/list-brakes.ts";
import { releaseBrakeStatement } from "./sql/release-brake.ts";
import { setLimitsStatement } from "./sql/set-limits.ts";

/** What people decide about brakes. Each method is one transaction. */
export class BrakeService {
  /**
   * Releases a tripped brake for the rest of this run, which goes on unless another one holds it. INVALID_INPUT
   * without a reason, ALREADY_DONE when the brake does not hold the run, NOT_PERMITTED with who can.
   */
  async release(
    em: EntityManager,
    actor: Actor,
    input: { migrationId: string; brake: Brake; reason: string },
  ): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const visible = await requireVisibleMigration(tx, actor, input.migrationId);
        insistAllowed(await mayRelease(tx, actor, visible));
        const [row] = await lockMigrationStatement.run(tx, [visible.id]);
        const migration = row === undefined ? visible : toMigrationRecord(row);
        const reason = input.reason.trim();
        if (reason === "") {
          refuse("INVALID_INPUT", "Say why the run may go on.", { field: "reason" });
        }
        if (migration.state !== "PAUSED") {
          refuseState(migration, "released", "PAUSED");
        }
        const released = await releaseBrakeStatement.run(tx, [
          migration.id,
          input.brake,
          actor.accountId,
          reason,
        ]);
        if (released.length === 0) {
          refuse("ALREADY_DONE", "This brake does not hold the run.", { field: "brake" });
        }
        await goOn(tx, actor, migration, input.brake, reason);
        return reloadMigration(tx, migration.id);
      }),
    );
  }

  /** Sets limits for runs approved from now on; returns the organization's id. For organization admins. */
  async setLimits(
    em: EntityManager,
    actor: Actor,
    input: { organizationId: string; limits: readonly ({ brake: Brake } & BrakeLimit)[] },
  ): Promise<string | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const { organizationId, limits } = input;
        await insistOnAdmin(tx, actor, organizationId);
        insistOnLimits(limits);
        const before = await listOrganizationLimits(tx, organizationId);
        await setLimitsStatement.run(tx, [
          organizationId,
          limits.map((limit) => limit.brake),
          limits.map((limit) => limit.percent),
          limits.map((limit) => limit.leastPeople),
        ]);
        await appendAuditEntry(tx, {
          organizationId,
          actorAccountId: actor.accountId,
          action: "organization.set_brake_limits",
          subjectType: "organization",
          subjectId: organizationId,
          summary: `${actor.name} set when a run is paused by its brakes: ${limits.map(sayLimit).join(", ")}`,
          before: limits.map(({ brake }) => ({ brake, ...before[brake] })),
          after: limits,
        });
        return organizationId;
      }),
    );
  }
}

async function goOn(
  tx: EntityManager,
  actor: Actor,
  migration: MigrationRecord,
  brake: Brake,
  reason: string,
): Promise<void> {
  const holding = openBrakes(await listBrakesStatement.run(tx, [migration.id]));
  const goesOn = holding.length === 0;
  if (goesOn) {
    await moveState(tx, migration.id, "RUNNING");
  }
  const held = goesOn
    ? "the run goes on"
    : `${holding.map((other) => brakeWords[other.brake]).join(" and ")} still hold the run`;
  const summary = `Brake on ${brakeWords[brake]} released by ${actor.name} for the rest of this run, ${held}: ${reason}`;
  await appendAuditEntry(tx, {
    organizationId: migration.organizationId,
    actorAccountId: actor.accountId,
    action: "migration.release_brake",
    subjectType: "migration",
    subjectId: migration.id,
    summary: `${migrationName(migration.number)}: ${summary}`,
    after: { brake, reason },
  });
  await appendEvent(tx, migration.id, "BRAKE_RELEASED", summary, {
    by: actor.accountId,
    brake,
    reason,
    goesOn,
  });
  await announce(tx, [engineTopic]);
}

async function insistOnAdmin(tx: EntityManager, actor: Actor, organizationId: string): Promise<void> {
  if (!belongsToOrganization(actor, organizationId)) {
    throw notFound();
  }
  if (!isOrganizationAdmin(actor, organizationId)) {
    const [whoCanGrant = []] = await listAdministrators(tx, [{ organizationId, siteId: null }]);
    refuse(
      "NOT_PERMITTED",
      "Setting brakes needs an organization admin. Ask one of the organization's admins.",
      {
        whoCanGrant,
      },
    );
  }
}

function insistOnLimits(limits: readonly ({ brake: Brake } & BrakeLimit)[]): void {
  if (limits.length === 0 || new Set(limits.map((limit) => limit.brake)).size < limits.length) {
    refuse("INVALID_INPUT", "Give each brake at most once, and at least one.", { field: "limits" });
  }
  for (const { percent, leastPeople } of limits) {
    if (!(percent >= 0 && percent <= 100) || Math.abs(percent * 100 - Math.round(percent * 100)) > 1e-6) {
      refuse("INVALID_INPUT", "A share is 0 to 100 per cent, with at most two decimals.", {
        field: "percent",
      });
    }
    if (leastPeople < 1 || leastPeople > 100_000_000) {
      refuse("INVALID_INPUT", "The least count is at least 1 person.", { field: "leastPeople" });
    }
  }
}

function sayLimit({ brake, percent, leastPeople }: { brake: Brake } & BrakeLimit): string {
  return `${brakeWords[brake]} above ${percent}% and at least ${leastPeople.toLocaleString("en")}`;
}
