import type { EntityManager } from "../../platform/database/orm.ts";
import { announce } from "../../platform/events/announce.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { canMigrate, type Actor } from "../sign-in/index.ts";
import { appendEvent, type MigrationEventType } from "./engine/append-event.ts";
import { engineTopic } from "./engine/engine-topic.ts";
import { moveState } from "./engine/move-state.ts";
import { scopeOf, type KindLookup } from "./engine/scope.ts";
import type { MigrationState } from "./engine/states.ts";
import { migrationName, toMigrationRecord, type MigrationRecord } from "./migration-record.ts";
import { insistOnChecks, insistOnFreshPlan, refuseState, sameName } from "./plan-guards.ts";
import {
  insistAllowed,
  insistOnMigrating,
  requireSitePair,
  requireVisibleMigration,
} from "./migration.visibility.ts";
import { recordDecision } from "./record-decision.ts";
import { reloadMigration } from "./reload-migration.ts";
import { insertMigrationStatement } from "./sql/insert-migration.ts";
import { lockMigrationStatement } from "./sql/lock-migration.ts";
import { sealPlanStatement } from "./sql/seal-plan.ts";
import { sayNumber } from "./engine/say-number.ts";

/** What a new migration needs; the rest of the input are the kind's options. */
export interface NewMigration {
  kind: string;
  sourceSiteId: string;
  destinationSiteId: string;
  options: Record<string, unknown>;
}

interface Step {
  to: MigrationState;
  event: MigrationEventType;
  /** What happened, said of the migration: "approved", "started". */
  verb: string;
  /** The same as the audit log's action. */
  action: string;
}

/** Everything people decide about a migration. Each method is one transaction and answers with the migration or a refusal. */
export class MigrationService {
  readonly #kinds: KindLookup;

  constructor(kinds: KindLookup) {
    this.#kinds = kinds;
  }

  /** Creates a DRAFT. INVALID_INPUT when the sites are the same or the kind does not take the options. */
  async create(em: EntityManager, actor: Actor, input: NewMigration): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const [source, destination] = await requireSitePair(
          tx,
          actor,
          input.sourceSiteId,
          input.destinationSiteId,
        );
        insistAllowed(canMigrate(actor, source, destination));
        if (source.id === destination.id) {
          refuse("INVALID_INPUT", "Choose two different sites.", { field: "destinationSiteId" });
        }
        const options = this.#kinds(input.kind).options.safeParse(input.options);
        if (!options.success) {
          const [issue] = options.error.issues;
          refuse("INVALID_INPUT", issue?.message ?? "These options cannot be used.", {
            field: issue?.path.join(".") || "projectKeys",
          });
        }
        const [created] = await insertMigrationStatement.run(tx, [
          source.organizationId,
          input.kind,
          source.id,
          destination.id,
          JSON.stringify(options.data),
          actor.accountId,
        ]);
        if (created === undefined) {
          throw new Error("The organization row is gone");
        }
        const summary = `${migrationName(created.number)} created: ${source.name} to ${destination.name}`;
        await recordDecision(tx, actor, created.id, source.organizationId, "CREATED", "create", summary);
        return reloadMigration(tx, created.id);
      }),
    );
  }

  /** Asks for a plan, first or again; the engine makes it in the background. Nothing in the directory changes. */
  async plan(em: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord | Refused> {
    return this.#move(em, actor, migrationId, {
      to: "CHECKING",
      event: "PLANNING_STARTED",
      verb: "sent to planning",
      action: "plan",
    });
  }

  /**
   * Seals the plan with the fingerprint the approver saw. STALE_PLAN when the plan or the directory changed since,
   * CHECKS_FAILED while a blocker stands, CONFIRMATION_MISMATCH when the typed name is not the destination's.
   */
  async approve(
    em: EntityManager,
    actor: Actor,
    input: { migrationId: string; fingerprint: string; confirmSiteName: string },
  ): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await this.#lock(tx, actor, input.migrationId);
        if (migration.state !== "PLANNED") {
          refuseState(migration, "approved", "PLANNED");
        }
        const [, destination] = await requireSitePair(
          tx,
          actor,
          migration.sourceSiteId,
          migration.destinationSiteId,
        );
        if (!sameName(input.confirmSiteName, destination.name)) {
          refuse(
            "CONFIRMATION_MISMATCH",
            `Type the destination site's name, ${destination.name}, to approve.`,
            {
              field: "confirmSiteName",
            },
          );
        }
        await insistOnFreshPlan(tx, this.#kinds(migration.kind), migration, input.fingerprint);
        await insistOnChecks(tx, migration);
        await sealPlanStatement.run(tx, [migration.id, actor.accountId, input.fingerprint]);
        const summary = `Plan approved by ${actor.name}: ${sayNumber(migration.totalItems)} rows, fingerprint ${input.fingerprint.slice(0, 12)}`;
        await recordDecision(
          tx,
          actor,
          migration.id,
          migration.organizationId,
          "APPROVED",
          "approve",
          summary,
        );
        return reloadMigration(tx, migration.id);
      }),
    );
  }

  /** Starts the approved run. STALE_PLAN when the directory changed after the approval: plan again. */
  async start(em: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await this.#lock(tx, actor, migrationId);
        if (migration.state !== "APPROVED") {
          refuseState(migration, "started", "APPROVED");
        }
        await insistOnFreshPlan(
          tx,
          this.#kinds(migration.kind),
          migration,
          migration.approvedFingerprint ?? "",
        );
        const kind = this.#kinds(migration.kind);
        const prepared = await kind.prepare(tx, scopeOf(migration, kind));
        await moveState(tx, migrationId, "RUNNING");
        const summary = `Run started by ${actor.name}: ${sayNumber(migration.totalItems)} rows`;
        await recordDecision(tx, actor, migration.id, migration.organizationId, "STARTED", "start", summary);
        for (const event of prepared) {
          await appendEvent(tx, migrationId, event.type, event.summary, event.payload);
        }
        await announce(tx, [engineTopic]);
        return reloadMigration(tx, migrationId);
      }),
    );
  }

  /** Stops at the next batch edge; can be resumed. */
  async pause(em: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord | Refused> {
    return this.#move(em, actor, migrationId, {
      to: "PAUSED",
      event: "PAUSED",
      verb: "paused",
      action: "pause",
    });
  }

  /** Goes on where the run was paused. */
  async resume(em: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord | Refused> {
    return this.#move(em, actor, migrationId, {
      to: "RUNNING",
      event: "RESUMED",
      verb: "resumed",
      action: "resume",
    });
  }

  /** Stops for good at a batch edge; what was applied stays and is in the reports. */
  async cancel(em: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord | Refused> {
    return this.#move(em, actor, migrationId, {
      to: "CANCELLED",
      event: "CANCELLED",
      verb: "stopped",
      action: "cancel",
    });
  }

  async #move(
    em: EntityManager,
    actor: Actor,
    migrationId: string,
    step: Step,
  ): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await this.#lock(tx, actor, migrationId);
        if (step.event === "RESUMED" && migration.state !== "PAUSED") {
          refuseState(migration, step.verb, "PAUSED");
        }
        if (!(await moveState(tx, migrationId, step.to))) {
          refuseState(migration, step.verb);
        }
        const summary = `${migrationName(migration.number)} ${step.verb} by ${actor.name}`;
        await recordDecision(
          tx,
          actor,
          migrationId,
          migration.organizationId,
          step.event,
          step.action,
          summary,
        );
        await announce(tx, [engineTopic]);
        return reloadMigration(tx, migrationId);
      }),
    );
  }

  async #lock(tx: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord> {
    const visible = await requireVisibleMigration(tx, actor, migrationId);
    await insistOnMigrating(tx, actor, visible);
    const [row] = await lockMigrationStatement.run(tx, [migrationId]);
    return row === undefined ? visible : toMigrationRecord(row);
  }
}
