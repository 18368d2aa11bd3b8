import type { EntityManager } from "../../../platform/database/orm.ts";
import { announce } from "../../../platform/events/announce.ts";
import { notFound } from "../../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../../platform/refusal.ts";
import type { Actor } from "../../sign-in/index.ts";
import { engineTopic } from "../engine/engine-topic.ts";
import { sayNumber } from "../engine/say-number.ts";
import type { KindLookup } from "../engine/scope.ts";
import { statesBefore } from "../engine/states.ts";
import { migrationName, toMigrationRecord, type MigrationRecord } from "../migration-record.ts";
import {
  insistOnMigrating,
  isUuid,
  requireSitePair,
  requireVisibleMigration,
} from "../migration.visibility.ts";
import { refuseState, sameName } from "../plan-guards.ts";
import { recordDecision } from "../record-decision.ts";
import { findLiveMigrationStatement } from "../sql/find-live-migration.ts";
import { lockMigrationStatement } from "../sql/lock-migration.ts";
import { toUndoRecord, type UndoRecord, type UndoScope } from "../undo-record.ts";
import { beginUndoStatement } from "./sql/begin-undo.ts";
import { countKnownItemsStatement } from "./sql/count-known-items.ts";
import { findDecisionSinceStatement } from "./sql/find-decision-since.ts";
import { insertUndoStatement } from "./sql/insert-undo.ts";
import { loadUndoStatement } from "./sql/load-undo.ts";
import { supersedeUndosStatement } from "./sql/supersede-undos.ts";
import { insistOnScope, sayScope, type WantedScope } from "./undo-scope.ts";

/** Asking for an undo and starting it. Each method is one transaction; the engine plans and carries out. */
export class UndoService {
  readonly #kinds: KindLookup;

  constructor(kinds: KindLookup) {
    this.#kinds = kinds;
  }

  /** Asks for the plan of an undo; it takes the place of one that was planned and not started. Changes nobody. */
  async plan(
    em: EntityManager,
    actor: Actor,
    input: { migrationId: string; scope: WantedScope },
  ): Promise<UndoRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await lock(tx, actor, input.migrationId);
        this.#insistOnUndoable(migration);
        const scope = insistOnScope(input.scope);
        await insistOnItems(tx, migration, scope);
        await supersedeUndosStatement.run(tx, [migration.id]);
        const [made] = await insertUndoStatement.run(tx, [
          migration.id,
          scope.everything,
          scope.itemIds,
          scope.outcome,
          scope.effect,
          actor.accountId,
        ]);
        const summary = `Undo of ${sayScope(scope)} asked for by ${actor.name}; it is being planned`;
        await this.#record(tx, actor, migration, "UNDO_PLANNING", "plan_undo", summary);
        return reload(tx, made?.id ?? "");
      }),
    );
  }

  /**
   * Starts an undo that was planned and shown. STALE_PLAN when another plan was made or somebody was approved or
   * upgraded since, CONFIRMATION_MISMATCH when the typed name is not the destination's.
   */
  async start(
    em: EntityManager,
    actor: Actor,
    input: { undoId: string; fingerprint: string; confirmSiteName: string },
  ): Promise<UndoRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await lock(tx, actor, (await find(tx, input.undoId)).migrationId);
        const undo = await reload(tx, input.undoId);
        insistOnPlanned(undo);
        this.#insistOnUndoable(migration);
        await insistOnName(tx, actor, migration, input.confirmSiteName);
        await insistOnFresh(tx, migration, undo, input.fingerprint);
        insistOnAnybody(undo);
        await insistOnQuiet(tx, migration);
        const begun = await beginUndoStatement.run(tx, [
          undo.id,
          migration.id,
          statesBefore("UNDOING"),
          actor.accountId,
        ]);
        if (begun.length === 0) {
          refuseState(migration, "undone");
        }
        const summary = `Undo of ${sayScope(undo)} started by ${actor.name}: ${sayNumber(undo.restoreCount)} are put back, ${sayNumber(undo.setAsideCount)} set aside`;
        await this.#record(tx, actor, migration, "UNDO_STARTED", "undo", summary);
        return reload(tx, undo.id);
      }),
    );
  }

  #insistOnUndoable(migration: MigrationRecord): void {
    if (migration.state === "UNDONE") {
      refuse("ALREADY_DONE", `${migrationName(migration.number)} was undone before. Nothing was changed.`);
    }
    if (!statesBefore("UNDOING").includes(migration.state)) {
      refuse(
        "INVALID_STATE",
        `${migrationName(migration.number)} is ${migration.state}. A run can be undone when it has ended or was stopped.`,
      );
    }
    if (migration.startedAt === null || this.#kinds(migration.kind).undo === undefined) {
      refuse("INVALID_STATE", `${migrationName(migration.number)} changed nothing that could be undone.`);
    }
    if (!migration.journaled) {
      refuse(
        "INVALID_STATE",
        `${migrationName(migration.number)} cannot be undone: this run was made before runs kept a journal of what they changed. Nothing was changed.`,
      );
    }
  }

  async #record(
    tx: EntityManager,
    actor: Actor,
    migration: MigrationRecord,
    event: "UNDO_PLANNING" | "UNDO_STARTED",
    action: string,
    summary: string,
  ): Promise<void> {
    await recordDecision(tx, actor, migration.id, migration.organizationId, event, action, summary);
    await announce(tx, [engineTopic]);
  }
}

async function lock(tx: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord> {
  const visible = await requireVisibleMigration(tx, actor, migrationId);
  await insistOnMigrating(tx, actor, visible);
  const [row] = await lockMigrationStatement.run(tx, [migrationId]);
  return row === undefined ? visible : toMigrationRecord(row);
}

/** The undo as it is; NOT_FOUND for what is no id of one. Whether the actor may see it is asked of its migration. */
async function find(tx: EntityManager, undoId: string): Promise<UndoRecord> {
  const [row] = isUuid(undoId) ? await loadUndoStatement.run(tx, [undoId]) : [];
  if (row === undefined) {
    throw notFound();
  }
  return toUndoRecord(row);
}

const reload = find;

/** The undo as this transaction sees it now, for a repeated answer. */
export function reloadUndo(tx: EntityManager, undoId: string): Promise<UndoRecord> {
  return find(tx, undoId);
}

async function insistOnItems(tx: EntityManager, migration: MigrationRecord, scope: UndoScope): Promise<void> {
  if (scope.itemIds === null) {
    return;
  }
  const [found] = await countKnownItemsStatement.run(tx, [migration.id, scope.itemIds]);
  if (found === undefined || found.known < scope.itemIds.length) {
    refuse("INVALID_INPUT", `Some of these are not rows of ${migrationName(migration.number)}.`, {
      field: "itemIds",
    });
  }
  if (found.undone === scope.itemIds.length) {
    refuse("ALREADY_DONE", "These people were put back before. Nothing was changed.");
  }
}

function insistOnPlanned(undo: UndoRecord): void {
  if (undo.state === "UNDOING" || undo.state === "UNDONE") {
    refuse("ALREADY_DONE", "This undo was started before.");
  }
  if (undo.state === "SUPERSEDED") {
    refuse("STALE_PLAN", "Another undo was planned since. Look at that one.");
  }
  if (undo.state !== "PLANNED") {
    const why = undo.state === "PLANNING" ? "is still being planned" : "could not be planned; plan it again";
    refuse("INVALID_STATE", `This undo ${why}.`);
  }
}

async function insistOnName(
  tx: EntityManager,
  actor: Actor,
  migration: MigrationRecord,
  typed: string,
): Promise<void> {
  const sites = [migration.sourceSiteId, migration.destinationSiteId] as const;
  const [, destination] = await requireSitePair(tx, actor, ...sites);
  if (!sameName(typed, destination.name)) {
    refuse("CONFIRMATION_MISMATCH", `Type the destination site's name, ${destination.name}, to undo.`, {
      field: "confirmSiteName",
    });
  }
}

async function insistOnFresh(
  tx: EntityManager,
  migration: MigrationRecord,
  undo: UndoRecord,
  fingerprint: string,
): Promise<void> {
  if (undo.fingerprint !== fingerprint) {
    refuse("STALE_PLAN", "This is not the plan that was shown. Plan the undo again.");
  }
  const [since] = await findDecisionSinceStatement.run(tx, [migration.id, undo.plannedSequence]);
  if (since !== undefined) {
    refuse("STALE_PLAN", `After the undo was planned: ${since.summary}. Plan the undo again.`);
  }
}

function insistOnAnybody(undo: UndoRecord): void {
  const stays = undo.setAsideCount === undo.totalCount;
  if (stays && (undo.totalCount > 0 || !undo.everything)) {
    refuse(
      "INVALID_STATE",
      undo.totalCount === 0
        ? "Nobody is left to be put back."
        : "Nobody can be put back: everybody was touched since. The list says what happened to each.",
    );
  }
}

async function insistOnQuiet(tx: EntityManager, migration: MigrationRecord): Promise<void> {
  const sites = [migration.sourceSiteId, migration.destinationSiteId];
  const [live] = await findLiveMigrationStatement.run(tx, [...sites, migration.id]);
  if (live !== undefined) {
    refuse(
      "INVALID_STATE",
      `${migrationName(live.number)} is live between these sites. Wait until it ends or stop it.`,
    );
  }
}
