import type { EntityManager } from "../../platform/database/orm.ts";
import { announce } from "../../platform/events/announce.ts";
import { orRefused, type Refused } from "../../platform/refusal.ts";
import type { Actor } from "../sign-in/index.ts";
import { settleFollowUp } from "./engine/settle-follow-up.ts";
import { createFollowUp } from "./follow-up.ts";
import { giveApproval, type GivenApproval } from "./give-approval.ts";
import { insistOnReleasedBrakes } from "./brakes/release-rule.ts";
import { appendEvent, type MigrationEventType } from "./engine/append-event.ts";
import { engineTopic } from "./engine/engine-topic.ts";
import { moveState } from "./engine/move-state.ts";
import { keepEstimate } from "./estimate/keep-estimate.ts";
import { scopeOf, type KindLookup } from "./engine/scope.ts";
import type { MigrationState } from "./engine/states.ts";
import { migrationName, toMigrationRecord, type MigrationRecord } from "./migration-record.ts";
import { insistOnNoOtherRun, refuseState } from "./plan-guards.ts";
import { insistOnMigrating, requireVisibleMigration } from "./migration.visibility.ts";
import { recordDecision } from "./record-decision.ts";
import { reloadMigration } from "./reload-migration.ts";
import { createMigration, type NewMigration } from "./create-migration.ts";
import { beginJournalStatement } from "./sql/begin-journal.ts";
import { dropApprovalsStatement } from "./sql/drop-approvals.ts";
import { lockMigrationStatement } from "./sql/lock-migration.ts";
import { sayNumber } from "./engine/say-number.ts";

interface Step {
  /** The only state it may start from; absent: every one that leads to `to`. */
  from?: MigrationState;
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
        return reloadMigration(tx, await createMigration(tx, this.#kinds, actor, input));
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
   * Approves the plan with the fingerprint the approver saw; seals it unless a second approver is required.
   * STALE_PLAN when the plan or the directory changed since, CHECKS_FAILED while a blocker stands,
   * CONFIRMATION_MISMATCH when the typed name is not the destination's, NOT_PERMITTED for the same person twice.
   */
  async approve(
    em: EntityManager,
    actor: Actor,
    input: GivenApproval & { migrationId: string },
  ): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await this.#lock(tx, actor, input.migrationId);
        await giveApproval(tx, this.#kinds(migration.kind), actor, migration, input);
        return reloadMigration(tx, migration.id);
      }),
    );
  }

  /**
   * Starts the approved run. A directory that changed after the approval does not stop it: the batches set the people
   * aside who are no longer as they were sealed, and everyone else is done as approved.
   */
  async start(em: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await this.#lock(tx, actor, migrationId);
        if (migration.state !== "APPROVED") {
          refuseState(migration, "started", "APPROVED");
        }
        const kind = this.#kinds(migration.kind);
        const prepared = await kind.prepare(tx, scopeOf(migration, kind));
        await moveState(tx, migrationId, "RUNNING");
        await beginJournalStatement.run(tx, [migrationId]);
        await keepEstimate(tx, migration, { after: 0, upTo: 0 });
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
      from: "PAUSED",
      to: "RUNNING",
      event: "RESUMED",
      verb: "resumed",
      action: "resume",
    });
  }

  /** Goes on at the batch edge where an error stopped the run. */
  async retry(em: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord | Refused> {
    return this.#move(em, actor, migrationId, {
      from: "FAILED",
      to: "RUNNING",
      event: "RETRIED",
      verb: "retried",
      action: "retry",
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

  /**
   * Makes a migration of exactly the people this one set aside and plans it. INVALID_STATE before the end of the run,
   * ALREADY_DONE when nobody is left, ALREADY_EXISTS while an earlier follow-up is under way.
   */
  async planAgain(em: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await this.#lock(tx, actor, migrationId);
        const id = await createFollowUp(tx, this.#kinds(migration.kind), actor, migration);
        await announce(tx, [engineTopic]);
        return reloadMigration(tx, id);
      }),
    );
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
        if (migration.state === "UNDOING") {
          refuseState(migration, step.verb);
        }
        if (step.from !== undefined && migration.state !== step.from) {
          refuseState(migration, step.verb, step.from);
        }
        if (step.event === "RETRIED") {
          await insistOnNoOtherRun(tx, migration);
        }
        if (step.event === "RESUMED") {
          await insistOnReleasedBrakes(tx, migration);
        }
        if (!(await moveState(tx, migrationId, step.to))) {
          refuseState(migration, step.verb);
        }
        if (step.to === "CHECKING") {
          await dropApprovalsStatement.run(tx, [migrationId]);
        }
        if (step.to === "CANCELLED") {
          await settleFollowUp(tx, this.#kinds(migration.kind), migration);
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
