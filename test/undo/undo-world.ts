import { advance } from "../../packages/server/src/modules/migration/engine/advance.ts";
import { takeLease } from "../../packages/server/src/modules/migration/engine/lease.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { approveMembersStatement } from "../../packages/server/src/modules/group-review/sql/approve-members.ts";
import { recordDecisionStatement } from "../../packages/server/src/modules/group-review/sql/record-decision.ts";
import { settleAttention, findKind } from "../../packages/server/src/modules/migration/index.ts";
import { copyCustomers } from "../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import { beginUndoStatement } from "../../packages/server/src/modules/migration/undo/sql/begin-undo.ts";
import { insertUndoStatement } from "../../packages/server/src/modules/migration/undo/sql/insert-undo.ts";
import { loadUndoStatement } from "../../packages/server/src/modules/migration/undo/sql/load-undo.ts";
import {
  toUndoRecord,
  type UndoRecord,
  type UndoScope,
} from "../../packages/server/src/modules/migration/undo-record.ts";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import type { BrokenInvariants } from "../kit/database.ts";
import { makeAccount } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { makeScope, plan, prepare, type CopyWorld, type Scope } from "../kinds/copy-customers/copy-world.ts";
import { digestOf } from "../kinds/copy-customers/inspect.ts";

// Drives the engine's own steps without its clock: a run, its decisions and its undo, one transaction each.

const byStatements = "decisions are made by their statements, without the services that write the audit log";

/** What these tests leave out besides the engine's clock. */
export const withoutServices: BrokenInvariants = { I16: byStatements, I19: byStatements };

/** The tables that an undo must leave as they were before the run, row for row. */
export const domainTables = [
  "account",
  "site_account",
  "portal_customer",
  "service_project",
  "project_customer",
  "user_group",
  "user_group_member",
  "request",
  "request_participant",
] as const;

/** Lets the engine take at most this many steps; a fault is recorded as the engine does it. */
export async function steps(
  em: EntityManager,
  migrationId: string,
  most: number,
  batchSize = 1_000,
): Promise<void> {
  const lease = await takeLease(em, migrationId, { worker: "test", presence: 1 });
  if (lease === null) {
    throw new Error("Somebody else drives this migration");
  }
  let left = most;
  await advance(lease, {
    fork: () => em,
    kinds: findKind,
    batchSize,
    batchPause: 0,
    lanes: 1,
    isOver: () => left-- <= 0,
    logger: createLogger("silent"),
  });
}

/** Everything the engine has to do for a migration now. */
export async function drive(em: EntityManager, migrationId: string, batchSize = 1_000): Promise<void> {
  await steps(em, migrationId, Number.POSITIVE_INFINITY, batchSize);
}

/** A run from plan to end, with the digest of the domain tables from before it. */
export async function runCopy(
  world: CopyWorld,
  batchSize = 1_000,
): Promise<{ scope: Scope; before: Record<string, string> }> {
  const { em } = world;
  const scope = await makeScope(world);
  const summary = await plan(em, scope);
  const before = await digestOf(em, domainTables);
  await prepare(em, scope);
  await query(
    em,
    "update migration set state = 'RUNNING', total_items = $2, started_at = clock_timestamp() where id = $1",
    [scope.migrationId, summary.totalItems],
  );
  await drive(em, scope.migrationId, batchSize);
  return { scope, before };
}

/** Approves the members named, or all; as the group page does it. Gives how many. */
export async function approve(
  em: EntityManager,
  scope: Scope,
  accountIds: string[] | null = null,
): Promise<number> {
  const actor = await makeApprover(em);
  const [group] = await query<{ id: string; pending: number }>(
    em,
    `select g.id, (select count(*)::int from user_group_member m where m.group_id = g.id and not m.approved) as pending
     from user_group g where g.migration_id = $1`,
    [scope.migrationId],
  );
  if (group === undefined || group.pending === 0) {
    return 0;
  }
  return em.transactional(async (tx) => {
    const ids = [group.id, scope.migrationId, accountIds, group.pending, actor];
    const [done] = await approveMembersStatement.run(tx, ids);
    const approved = done?.approved ?? 0;
    if (done === undefined || approved === 0) {
      return 0;
    }
    const state = approved === group.pending ? "APPROVED" : "PARTLY_APPROVED";
    await recordDecisionStatement.run(tx, [group.id, state, actor, null]);
    await settleAttention(tx, scope.migrationId, done, {
      type: "GROUP_APPROVED",
      summary: "Approved",
      payload: {},
    });
    return approved;
  });
}

/** Upgrades these items, or every open duplicate. Gives how many. */
export async function upgrade(em: EntityManager, scope: Scope, itemIds?: string[]): Promise<number> {
  const actor = await makeApprover(em);
  const ids =
    itemIds ??
    (
      await query<{ id: string }>(
        em,
        "select id from migration_item where migration_id = $1 and next_step like 'UPGRADE%' order by ordinal",
        [scope.migrationId],
      )
    ).map((row) => row.id);
  return em.transactional(async (tx) => {
    const { upgraded = 0 } = (await copyCustomers.upgrade?.(tx, scope, ids, actor)) ?? {};
    if (upgraded > 0) {
      await settleAttention(
        tx,
        scope.migrationId,
        { resolved: upgraded, nowSuccessful: upgraded },
        { type: "UPGRADED", summary: "Upgraded", payload: {} },
      );
    }
    return upgraded;
  });
}

const approvers = new WeakMap<object, string>();

/** Somebody to decide: made before the digests are taken, and once per world. */
export async function makeApprover(em: EntityManager): Promise<string> {
  const known = approvers.get(em);
  if (known !== undefined) {
    return known;
  }
  const { id } = await makeAccount(em);
  approvers.set(em, id);
  return id;
}

/** Plans an undo as the mutation and the engine do; everything by default. */
export async function planUndo(
  em: EntityManager,
  scope: Pick<Scope, "migrationId">,
  wanted: Partial<UndoScope> = { everything: true },
  batchSize = 1_000,
): Promise<UndoRecord> {
  const [made] = await insertUndoStatement.run(em, [
    scope.migrationId,
    wanted.everything ?? false,
    wanted.itemIds ?? null,
    wanted.outcome ?? null,
    wanted.effect ?? null,
    await makeApprover(em),
  ]);
  await drive(em, scope.migrationId, batchSize);
  return loadUndo(em, made?.id ?? "");
}

export async function loadUndo(em: EntityManager, undoId: string): Promise<UndoRecord> {
  const [row] = await loadUndoStatement.run(em, [undoId]);
  if (row === undefined) {
    throw new Error(`No undo ${undoId}`);
  }
  return toUndoRecord(row);
}

/** Starts a planned undo; the engine's steps are the caller's. */
export async function beginUndo(em: EntityManager, undo: UndoRecord): Promise<void> {
  const states = ["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED", "CANCELLED"];
  const begun = await beginUndoStatement.run(em, [undo.id, undo.migrationId, states, await makeApprover(em)]);
  if (begun.length !== 1) {
    throw new Error(`Undo ${undo.id} did not begin`);
  }
}

/** Plans an undo, carries it out and gives it back as it ended. */
export async function undo(
  em: EntityManager,
  scope: Pick<Scope, "migrationId">,
  wanted: Partial<UndoScope> = { everything: true },
  batchSize = 1_000,
): Promise<UndoRecord> {
  const planned = await planUndo(em, scope, wanted, batchSize);
  await beginUndo(em, planned);
  await drive(em, scope.migrationId, batchSize);
  return loadUndo(em, planned.id);
}

/** Reasons of the people set aside, by email. */
export async function setAside(em: EntityManager, undoId: string): Promise<Record<string, string>> {
  const rows = await query<{ email: string; reason: string }>(
    em,
    `select i.email, u.reason from migration_undo_item u join migration_undo w on w.id = u.undo_id
     join migration_item i on i.migration_id = w.migration_id and i.ordinal = u.ordinal
     where u.undo_id = $1 and u.action = 'SET_ASIDE' order by i.ordinal`,
    [undoId],
  );
  return Object.fromEntries(rows.map((row) => [row.email, row.reason]));
}

/** The migration's row as counts and state. */
export async function migrationNow(em: EntityManager, migrationId: string) {
  const [row] = await query<{
    state: string;
    successful: number;
    attention: number;
    failed: number;
    open: number;
    undone: number;
    setAside: number;
    proofDue: boolean;
  }>(
    em,
    `select state, successful_count as successful, attention_count as attention, failed_count as failed,
       open_attention_count as open, undone_count as undone, undo_set_aside_count as "setAside", access_version > proven_version as "proofDue"
     from migration where id = $1`,
    [migrationId],
  );
  if (row === undefined) {
    throw new Error("No migration");
  }
  return row;
}

/** What the stored proof of a migration says, after the engine has done what is due. */
export async function proofOf(em: EntityManager, migrationId: string) {
  await drive(em, migrationId);
  const [row] = await query<{ gained: number; lost: number; unexplained: number }>(
    em,
    `select (proof ->> 'gained')::int as gained, (proof ->> 'lost')::int as lost,
       (proof ->> 'unexplained')::int as unexplained
     from migration where id = $1`,
    [migrationId],
  );
  return row;
}
