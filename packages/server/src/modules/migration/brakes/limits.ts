import { brakes, type Brake } from "../kind.ts";

/** When a brake trips: more than this share of the plan's rows, and at least this many people. */
export interface BrakeLimit {
  /** 0 to 100, hundredths count; 100 can never be passed, so it switches the brake off. */
  percent: number;
  leastPeople: number;
}

/**
 * The limits where an organization set none. Small runs are theirs to watch: below the least count nothing trips.
 * Merges and new seats are what a copy is for, so only their being the rule is odd; losses and failures never are.
 */
export const defaultLimits: Record<Brake, BrakeLimit> = {
  LOSSES: { percent: 5, leastPeople: 500 },
  MERGES: { percent: 50, leastPeople: 1_000 },
  NEW_SEATS: { percent: 50, leastPeople: 1_000 },
  FAILURES: { percent: 2, leastPeople: 200 },
  DUPLICATES: { percent: 15, leastPeople: 500 },
};

/** The defaults as rows of a VALUES list: brake, percent, least people. */
export const defaultLimitsSql = brakes
  .map((brake) => `('${brake}', ${defaultLimits[brake].percent}, ${defaultLimits[brake].leastPeople})`)
  .join(", ");

/** The most people a run of so many rows may do this to; the next one trips the brake. As in count-brakes.ts. */
export function mostPeople(limit: BrakeLimit, totalItems: number): number {
  // In hundredths, so that 0.57 per cent of 10,000 is 57 as in the database and not 56.
  const share = Math.floor((Math.round(limit.percent * 100) * totalItems) / 10_000);
  return Math.max(share, limit.leastPeople - 1);
}
