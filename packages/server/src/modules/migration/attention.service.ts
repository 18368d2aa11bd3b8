import type { EntityManager } from "../../platform/database/orm.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { scopeOf, type KindLookup } from "./engine/scope.ts";
import { settleAttention } from "./engine/settle-attention.ts";
import { itemFilterParameters } from "./item-filter.ts";
import type { MigrationItemFilter } from "./migration.inputs.types.ts";
import { migrationName, toMigrationRecord, type MigrationRecord } from "./migration-record.ts";
import { insistOnMigrating, requireVisibleMigration } from "./migration.visibility.ts";
import { reloadMigration } from "./reload-migration.ts";
import { findOpenDuplicatesStatement } from "./sql/find-open-duplicates.ts";
import { lockMigrationStatement } from "./sql/lock-migration.ts";
import { skipItemStatement } from "./sql/skip-item.ts";

/** What to upgrade: one item, or every open duplicate of a filter. */
export interface UpgradeSelection {
  migrationId: string;
  itemId?: string | null;
  filter?: MigrationItemFilter | null;
  /** How many the person was shown; another number is refused as stale. */
  expectedCount: number;
}

/** Settles rows that require attention. Each method is one transaction and books the counts in it. */
export class AttentionService {
  readonly #kinds: KindLookup;

  constructor(kinds: KindLookup) {
    this.#kinds = kinds;
  }

  /** Upgrades portal-only accounts to the Atlassian accounts of the same people on the destination. */
  async upgrade(
    em: EntityManager,
    actor: Actor,
    selection: UpgradeSelection,
  ): Promise<{ upgraded: number; migration: MigrationRecord } | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const migration = await this.#lock(tx, actor, selection.migrationId);
        const kind = this.#kinds(migration.kind);
        if (kind.upgrade === undefined) {
          refuse("INVALID_STATE", "This kind of migration has nothing to upgrade.");
        }
        const parameters = itemFilterParameters(migration.id, selection.filter);
        const open = await findOpenDuplicatesStatement.run(tx, [...parameters, selection.itemId ?? null]);
        if (open.length === 0) {
          refuse("ALREADY_DONE", "Nobody here is waiting for an upgrade any more.");
        }
        if (open.length !== selection.expectedCount) {
          refuse(
            "STALE_PLAN",
            `${open.length} people are waiting now, not ${selection.expectedCount}. Look again and repeat.`,
            {
              field: "expectedCount",
            },
          );
        }
        const ids = open.map((item) => item.id);
        const { upgraded } = await kind.upgrade(tx, scopeOf(migration, kind), ids, actor.accountId);
        if (upgraded === 0) {
          refuse(
            "INVALID_STATE",
            "None of these accounts can be upgraded: reactivate the Atlassian account first.",
          );
        }
        const summary = `${upgraded} portal-only ${upgraded === 1 ? "account" : "accounts"} upgraded by ${actor.name}`;
        await this.#audit(tx, actor, migration, "upgrade", summary, { items: ids.slice(0, 1000) });
        await settleAttention(
          tx,
          migration.id,
          { resolved: upgraded, nowSuccessful: upgraded },
          { type: "UPGRADED", summary, payload: { upgraded } },
        );
        return { upgraded, migration: await reloadMigration(tx, migration.id) };
      }),
    );
  }

  /** Leaves one row as it is, with a reason; it no longer waits for anybody. */
  async skip(
    em: EntityManager,
    actor: Actor,
    input: { migrationId: string; itemId: string; reason: string },
  ): Promise<MigrationRecord | Refused> {
    return orRefused(() =>
      em.transactional(async (tx) => {
        const reason = input.reason.trim();
        const migration = await this.#lock(tx, actor, input.migrationId);
        if (reason === "") {
          refuse("INVALID_INPUT", "Say why this person is left as they are.", { field: "reason" });
        }
        const [skipped] = await skipItemStatement.run(tx, [migration.id, input.itemId, actor.accountId]);
        if (skipped === undefined) {
          refuse("ALREADY_DONE", "This row no longer waits for anybody.");
        }
        const summary = `${skipped.email} left as is by ${actor.name}: ${reason}`;
        await this.#audit(tx, actor, migration, "skip", summary, { item: input.itemId, reason });
        await settleAttention(
          tx,
          migration.id,
          { resolved: 1, nowSuccessful: 0 },
          { type: "SKIPPED", summary, payload: { item: input.itemId } },
        );
        return reloadMigration(tx, migration.id);
      }),
    );
  }

  async #lock(tx: EntityManager, actor: Actor, migrationId: string): Promise<MigrationRecord> {
    const visible = await requireVisibleMigration(tx, actor, migrationId);
    await insistOnMigrating(tx, actor, visible);
    const [row] = await lockMigrationStatement.run(tx, [migrationId]);
    const migration = row === undefined ? visible : toMigrationRecord(row);
    if (migration.state === "UNDOING") {
      refuse("INVALID_STATE", `${migrationName(migration.number)} is being undone. Wait until that ends.`);
    }
    return migration;
  }

  async #audit(
    tx: EntityManager,
    actor: Actor,
    migration: MigrationRecord,
    action: string,
    summary: string,
    after: unknown,
  ): Promise<void> {
    await appendAuditEntry(tx, {
      organizationId: migration.organizationId,
      actorAccountId: actor.accountId,
      action: `migration.${action}`,
      subjectType: "migration",
      subjectId: migration.id,
      summary: `${migrationName(migration.number)}: ${summary}`,
      after,
    });
  }
}
