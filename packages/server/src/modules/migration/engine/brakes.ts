import type { EntityManager } from "../../../platform/database/orm.ts";
import { crashpoint } from "../../../platform/crashpoint.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { brakes, type Batch, type Brake, type BrakeCounts, type MigrationKind } from "../kind.ts";
import { migrationName } from "../migration-record.ts";
import { appendEvent } from "./append-event.ts";
import { brakeWords } from "./brake-words.ts";
import { holdFence, type Lease } from "./lease.ts";
import { moveState } from "./move-state.ts";
import { sayNumber } from "./say-number.ts";
import { countBrakesStatement } from "./sql/count-brakes.ts";
import { tripBrakesStatement } from "./sql/trip-brakes.ts";

/** One brake that a batch would have passed. */
export interface Trip {
  brake: Brake;
  /** People with the batch included. */
  counted: number;
  /** The most there may be. */
  most: number;
  /** The batch: first and last row. */
  from: number;
  to: number;
  /** At most ten addresses of the batch. */
  examples: string[];
}

/** A batch would pass a limit: its transaction must be rolled back whole, and the run paused. */
export class BrakesTripped extends Error {
  readonly trips: readonly Trip[];

  constructor(trips: readonly Trip[]) {
    super(`Brakes tripped: ${trips.map((trip) => trip.brake).join(", ")}`);
    this.name = "BrakesTripped";
    this.trips = trips;
  }
}

/**
 * Adds what a batch did to the run's counts, in the batch's transaction and in its turn. Throws BrakesTripped when
 * a limit would be passed. A run approved before there were brakes has none and is never stopped.
 */
export async function holdBrakes(
  tx: EntityManager,
  kind: MigrationKind<unknown>,
  batch: Batch<unknown>,
  measured: BrakeCounts,
  totalItems: number,
): Promise<void> {
  const added = brakes.filter((brake) => measured[brake] > 0);
  if (added.length === 0) {
    return;
  }
  const people = added.map((brake) => measured[brake]);
  const counted = await countBrakesStatement.run(tx, [batch.migrationId, added, people, totalItems]);
  const passed = counted.filter((brake) => !brake.released && brake.counted > brake.most);
  const trips: Trip[] = [];
  for (const { brake, counted: reached, most } of passed) {
    const examples = await kind.brakes.examples(tx, batch, brake);
    trips.push({ brake, counted: reached, most, from: batch.after + 1, to: batch.upTo, examples });
  }
  if (trips.length > 0) {
    throw new BrakesTripped(trips);
  }
}

/**
 * RUNNING → PAUSED, after the batch was rolled back: says what tripped, with the numbers that would have been.
 * Throws LeaseLost when another worker drives the run or somebody stopped it; it trips again when it goes on.
 */
export async function pauseByBrakes(em: EntityManager, lease: Lease, trips: readonly Trip[]): Promise<void> {
  await em.transactional(async (tx) => {
    const migration = await holdFence(tx, lease, ["RUNNING"]);
    const byBrake = Object.fromEntries(trips.map(({ brake, ...trip }) => [brake, trip]));
    await tripBrakesStatement.run(tx, [migration.id, JSON.stringify(byBrake)]);
    await moveState(tx, migration.id, "PAUSED");
    crashpoint("brakes.tripped");
    const summary = `Paused by ${trips.length === 1 ? "a brake" : "brakes"} before rows ${sayNumber(trips[0]?.from ?? 0)}–${sayNumber(trips[0]?.to ?? 0)}: ${trips.map(sayTrip).join("; ")}`;
    await appendAuditEntry(tx, {
      organizationId: migration.organizationId,
      actorAccountId: null,
      action: "migration.brake_trip",
      subjectType: "migration",
      subjectId: migration.id,
      summary: `${migrationName(migration.number)}: ${summary}`,
      after: { trips },
    });
    await appendEvent(tx, migration.id, "BRAKE_TRIPPED", summary, { trips });
  });
  crashpoint("brakes.committed");
}

function sayTrip({ brake, counted, most }: Trip): string {
  return `${brakeWords[brake]} would reach ${sayNumber(counted)}, and ${sayNumber(most)} may be`;
}
