import type { ZodType } from "zod";
import type { StatementRunner } from "../../platform/database/statement.ts";

/** One migration as a kind sees it. Ids are UUIDs; options were parsed by the kind's own schema. */
export interface MigrationScope<Options> {
  migrationId: string;
  /** Short number inside the organization; MR-42 is number 42. */
  number: number;
  organizationId: string;
  sourceSiteId: string;
  destinationSiteId: string;
  options: Options;
}

/** One check of the plan: what was looked at, whether it holds, who can mend it and how. */
export interface CheckResult {
  code: string;
  severity: "BLOCKER" | "WARNING" | "INFO";
  passed: boolean;
  title: string;
  detail: string;
  who: string;
  fix: string;
  /** People or things affected; null when counting makes no sense. */
  affected: number | null;
  /** At most 10 examples: emails or project keys. */
  examples: string[];
}

/** What planning found. The numbers are counts of items. */
export interface PlanSummary {
  totalItems: number;
  /** SHA-256 over every item in order; the same input gives the same fingerprint. */
  fingerprint: string;
  create: number;
  link: number;
  unchanged: number;
  notCopied: number;
  successful: number;
  requiresAttention: number;
  failed: number;
  joinsGroup: number;
  groupName: string | null;
  rows: PlanOutcomeCount[];
}

/** One row of the outcome table with the number of people in it. */
export interface PlanOutcomeCount {
  sourceType: "NONE" | "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT";
  destinationState: string;
  typeAfter: string;
  effect: string;
  outcome: Outcome;
  problem: string | null;
  nextStep: string | null;
  count: number;
}

export type Outcome = "SUCCESSFUL" | "REQUIRES_ATTENTION" | "FAILED";

/** The items of one batch: ordinals above `after` up to and with `upTo`. */
export interface Batch<Options> extends MigrationScope<Options> {
  after: number;
  upTo: number;
}

/** Terminal outcomes of one batch; their sum is the number of items in it. */
export interface BatchResult {
  successful: number;
  requiresAttention: number;
  failed: number;
}

/** What a brake watches, in the order brakes are shown. */
export const brakes = ["LOSSES", "MERGES", "NEW_SEATS", "FAILURES", "DUPLICATES"] as const;
export type Brake = (typeof brakes)[number];

/** People per brake. */
export type BrakeCounts = Record<Brake, number>;

/** What the brakes of a run compare with their limits. */
export interface KindBrakes<Options> {
  /** What each brake counts in this kind, as a sentence about people. */
  meanings: Record<Brake, string>;
  /** What the plan foretells; people whom only the run can find, such as failures, count 0. */
  forecast(summary: PlanSummary): BrakeCounts;
  /** What the batch did to people, right after it was applied and in its transaction. Bounded by its ordinals. */
  measure(em: StatementRunner, batch: Batch<Options>): Promise<BrakeCounts>;
  /** At most ten addresses out of those that `measure` counted for the brake. */
  examples(em: StatementRunner, batch: Batch<Options>, brake: Brake): Promise<string[]>;
}

/** The people of one batch of an undo: its rows in the range whose action is RESTORE. */
export interface UndoBatch<Options> extends Batch<Options> {
  undoId: string;
}

/** Somebody whose records are not as the run, or a decision after it, left them; `reason` is said to people. */
export interface Touched {
  ordinal: number;
  reason: string;
}

/** What an undo would do, in people. */
export interface UndoCounts {
  restore: number;
  setAside: number;
  /** Rows for which the run changed nothing on the destination. */
  unchanged: number;
}

/**
 * How a kind takes back what its journal says. Set-based SQL on the given runner, inside the engine's transaction;
 * the engine chooses the people, keeps who was put back and calls `findTouched` before every `restore`.
 */
export interface KindUndo<Options> {
  /** Locks the directory rows of the batch, so that nothing changes between the look and the undo. */
  lock(em: StatementRunner, batch: UndoBatch<Options>): Promise<void>;
  /** Reads only: people who differ in anything from the last state the journal knows. */
  findTouched(em: StatementRunner, batch: UndoBatch<Options>): Promise<Touched[]>;
  /** Puts the rest back as they were before the run. */
  restore(em: StatementRunner, batch: UndoBatch<Options>): Promise<void>;
  /** After the last batch; `whole` when everybody was to be undone. Gives sentences about what else was taken back. */
  finish(em: StatementRunner, scope: MigrationScope<Options>, whole: boolean): Promise<string[]>;
  /** What people read before they start the undo: one sentence per thing that will be noticed. */
  describe(counts: UndoCounts, names: { source: string; destination: string }): string[];
}

/** A kind's own event at the start of a run, such as the imported group. */
export interface PreparedEvent {
  type: "GROUP_CREATED";
  summary: string;
  payload: Record<string, unknown>;
}

/** How a kind plans those people again whom a run of it set aside. */
export interface PlanAgain<Options> {
  /** How many people of this migration were set aside and still wait. */
  count(em: StatementRunner, migrationId: string): Promise<number>;
  /** The options of a follow-up whose scope is exactly them. */
  options(options: Options, migrationId: string): Options;
  /** Settles the items of `migrationId` whose people the follow-up has reached; repeating changes nothing. */
  settle(em: StatementRunner, migrationId: string, followUpId: string): Promise<SettledAgain>;
}

/** Items that a follow-up settled, by how they stood before. */
export interface SettledAgain {
  total: number;
  /** Those that required attention and left the queue. */
  fromAttention: number;
  /** Those of them that are successful now. */
  attentionToSuccessful: number;
  /** Rows that had failed and are successful now. */
  failedToSuccessful: number;
}

/**
 * What the engine asks of a kind of migration. Everything is set-based SQL on the given runner, inside the
 * engine's transaction; a kind never commits, loops over people or touches the migration row.
 */
export interface MigrationKind<Options> {
  code: string;
  options: ZodType<Options>;
  /** Reads only. */
  check(em: StatementRunner, scope: MigrationScope<Options>): Promise<CheckResult[]>;
  /**
   * Writes migration_item rows only, ordinals 1…n without a gap, and their sealed text to migration_plan_part; the same
   * input gives the same fingerprint.
   */
  plan(em: StatementRunner, scope: MigrationScope<Options>): Promise<PlanSummary>;
  /** A digest of the input the plan depends on that is cheap to compute; another value means the plan is stale. */
  inputDigest(em: StatementRunner, scope: MigrationScope<Options>): Promise<string>;
  /** Once, in the transaction that starts the run: keeps what people reach now, makes the imported group. Repeating changes nothing. */
  prepare(em: StatementRunner, scope: MigrationScope<Options>): Promise<PreparedEvent[]>;
  brakes: KindBrakes<Options>;
  /** Applies a batch, writes the outcome of each of its items and journals what it changed. Repeating a batch changes nothing. */
  apply(em: StatementRunner, batch: Batch<Options>): Promise<BatchResult>;
  /**
   * Settles these open items by upgrading the person's portal-only account to their Atlassian account and
   * finishing what the run left out for them. Items that cannot be upgraded stay open. Absent: nothing to upgrade.
   */
  upgrade?(
    em: StatementRunner,
    scope: MigrationScope<Options>,
    itemIds: readonly string[],
    actorAccountId: string,
  ): Promise<{ upgraded: number }>;
  /** Planning those people again whom a run set aside. Absent: the kind sets nobody aside. */
  planAgain?: PlanAgain<Options>;
  /** What approvers read before they seal the plan: one sentence per thing people will notice. */
  describe(summary: PlanSummary, names: { source: string; destination: string }): string[];
  /** Absent: runs of this kind cannot be undone. */
  undo?: KindUndo<Options>;
}
