import type { EntityManager } from "../../../platform/database/orm.ts";
import type { MigrationRecord } from "../migration-record.ts";
import type { KindLookup } from "./scope.ts";

/** What a step gets besides its transaction and the migration as it was read. */
export interface StepOptions {
  kinds: KindLookup;
  /** Most people per batch transaction; small runs use smaller batches so that progress is seen to move. */
  batchSize: number;
  /**
   * Locks the migration's row and makes sure that this worker still drives it in the state the step began in. Every
   * step calls it after what takes long and before its first write to the migration; throws LeaseLost.
   */
  fence: (tx: EntityManager) => Promise<MigrationRecord>;
}

/** One transaction of the engine. */
export type Step = (tx: EntityManager, migration: MigrationRecord, options: StepOptions) => Promise<unknown>;

/** People per batch for a run of this size: about 40 batches for small runs, never more than the limit. */
export function batchSizeFor(totalItems: number, limit: number): number {
  return Math.min(limit, Math.max(25, Math.ceil(totalItems / 40)));
}
