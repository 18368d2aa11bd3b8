import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { EntityManager } from "../../../platform/database/orm.ts";
import { crashpoint } from "../../../platform/crashpoint.ts";
import { toMigrationRecord, type MigrationRecord } from "../migration-record.ts";
import { beatLeasesStatement } from "./sql/beat-leases.ts";
import { holdFenceStatement } from "./sql/hold-fence.ts";
import { raiseFenceStatement } from "./sql/raise-fence.ts";
import { releaseLeaseStatement } from "./sql/release-lease.ts";
import { takeLeaseStatement } from "./sql/take-lease.ts";
import type { MigrationState } from "./states.ts";

/** How long a lease lasts without a sign of life, in seconds on the database's clock. */
export const leaseSeconds = 12;
/** How often a worker shows that it lives, in milliseconds. */
export const beatInterval = 3_000;

/** The right to drive a migration. Every write carries the number; an older one finds no row. */
export interface Lease {
  migrationId: string;
  number: string;
}

/** Somebody else drives the migration now, or its state is no longer one to act in: leave everything as it is. */
export class LeaseLost extends Error {
  constructor(migrationId: string) {
    super(`The lease on migration ${migrationId} is no longer held`);
    this.name = "LeaseLost";
  }
}

/** A name for this process that no other has: host, process id and four random bytes. */
export function newWorkerName(): string {
  return `${hostname()}-${process.pid}-${randomBytes(4).toString("hex")}`;
}

/** Takes the lease if it is free, run out or left by a dead process; null when a living worker has it. */
export async function takeLease(
  em: EntityManager,
  migrationId: string,
  { worker, presence }: { worker: string; presence: number },
): Promise<Lease | null> {
  return em.transactional(async (tx) => {
    const [taken] = await takeLeaseStatement.run(tx, [migrationId, worker, leaseSeconds, presence]);
    if (taken === undefined) {
      return null;
    }
    crashpoint("lease.taken");
    // Waits for what a stopped holder has open, at most as long as the database lets that idle.
    const [raised] = await raiseFenceStatement.run(tx, [migrationId]);
    return raised === undefined ? null : { migrationId, number: raised.number };
  });
}

/** Shows that the worker lives: all its leases last on. */
export async function beatLeases(em: EntityManager, worker: string): Promise<void> {
  await beatLeasesStatement.run(em, [worker, leaseSeconds]);
}

/** Lets go, so that the next worker need not wait until the lease runs out. */
export async function releaseLease(em: EntityManager, lease: Lease, worker: string): Promise<void> {
  await releaseLeaseStatement.run(em, [lease.migrationId, worker]);
}

/**
 * Locks the migration's row until the transaction ends and makes sure that the lease is still ours and the state
 * one of these. Call it before the first write that others see; throws LeaseLost otherwise.
 */
export async function holdFence(
  tx: EntityManager,
  lease: Lease,
  states: readonly MigrationState[],
): Promise<MigrationRecord> {
  const [row] = await holdFenceStatement.run(tx, [lease.migrationId, lease.number, states]);
  if (row === undefined) {
    throw new LeaseLost(lease.migrationId);
  }
  return toMigrationRecord(row);
}
