import type { MigrationRecord } from "../migration-record.ts";
import type { KindLookup } from "./scope.ts";

/** What a step gets besides its transaction and the claimed migration. */
export interface StepOptions {
  kinds: KindLookup;
  /** Most people per batch transaction; small runs use smaller batches so that progress is seen to move. */
  batchSize: number;
}

/** People per batch for a run of this size: about 40 batches for small runs, never more than the limit. */
export function batchSizeFor(migration: MigrationRecord, limit: number): number {
  return Math.min(limit, Math.max(25, Math.ceil(migration.totalItems / 40)));
}
