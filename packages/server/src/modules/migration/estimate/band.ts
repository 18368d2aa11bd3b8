/** A range of seconds to go. */
export interface Band {
  low: number;
  high: number;
}

/** One recorded stretch of a run: people done, and the seconds since the stretch before. */
export interface Pace {
  people: number;
  seconds: number;
}

/** How long an ended run took, in seconds without pauses. */
export interface EarlierRun {
  items: number;
  runSeconds: number;
  verifySeconds: number;
}

/** Fewer stretches than this say nothing about the speed to come. */
export const leastPaces = 3;
/** From this many on the narrower margin holds. */
const manyPaces = 20;
const blocks = 10;
/** Runs up to this many times larger or smaller are scaled in proportion; beyond it overhead tells. */
const nearSize = 3;

/**
 * How long the remaining people take, from the recorded stretches of this run. Neighbouring stretches are taken
 * together into at most ten blocks; the band reaches from the tenth to the ninetieth per cent of the blocks' paces, so
 * one hiccup does not move it, and is never narrower than a tenth (a quarter while little is recorded) on either
 * side of the mean. Null while too little is recorded.
 */
export function bandOfPaces(remaining: number, paces: readonly Pace[]): Band | null {
  const usable = paces.filter((pace) => pace.people > 0 && pace.seconds > 0);
  if (usable.length < leastPaces) {
    return null;
  }
  const each = secondsPerPerson(inBlocks(usable));
  const [mean = 0] = secondsPerPerson([usable]);
  const middle = Math.min(mean, quantile(each, 0.5) * 1.5);
  const margin = usable.length < manyPaces ? 0.25 : 0.1;
  return widen({
    low: remaining * Math.min(quantile(each, 0.1), middle * (1 - margin)),
    high: remaining * Math.max(quantile(each, 0.9), middle * (1 + margin)),
  });
}

/**
 * How long a number of people take, from earlier runs near it in size. A run of very different size is no measure of
 * proportion: its time and its time in proportion are both possible. Null without any.
 */
export function bandOfRuns(items: number, runs: readonly EarlierRun[], phase: "run" | "verify"): Band | null {
  const bands = runs
    .filter((run) => run.items > 0)
    .map((run) => {
      const seconds = phase === "run" ? run.runSeconds : run.verifySeconds;
      const scaled = (seconds * items) / run.items;
      const ratio = items / run.items;
      return ratio <= nearSize && ratio >= 1 / nearSize
        ? { low: scaled * 0.8, high: scaled * 1.25 }
        : { low: Math.min(seconds, scaled), high: Math.max(seconds, scaled) };
    });
  if (bands.length === 0) {
    return null;
  }
  return widen({
    low: quantile(sorted(bands.map((band) => band.low)), 0.25),
    high: quantile(sorted(bands.map((band) => band.high)), 0.75),
  });
}

/** One band after the other. */
export function addBands(one: Band, other: Band): Band {
  return { low: one.low + other.low, high: one.high + other.high };
}

/** What is left of a band after some seconds of it; never below nothing. */
export function restOf(band: Band, elapsed: number): Band {
  return { low: Math.max(0, band.low - elapsed), high: Math.max(0, band.high - elapsed) };
}

/** Nobody foretells a second: half of one on either side. */
function widen({ low, high }: Band): Band {
  return { low: Math.max(0, low - 0.5), high: high + 0.5 };
}

function inBlocks(paces: readonly Pace[]): Pace[][] {
  const count = Math.min(blocks, paces.length);
  return Array.from({ length: count }, (_value, index) =>
    paces.slice(Math.floor((index * paces.length) / count), Math.floor(((index + 1) * paces.length) / count)),
  );
}

function secondsPerPerson(groups: readonly (readonly Pace[])[]): number[] {
  return sorted(
    groups.map((group) => {
      const people = group.reduce((total, pace) => total + pace.people, 0);
      return group.reduce((total, pace) => total + pace.seconds, 0) / people;
    }),
  );
}

function sorted(values: readonly number[]): number[] {
  return values.toSorted((one, other) => one - other);
}

/** Between the two nearest values, by their distance. Values ascend. */
function quantile(values: readonly number[], share: number): number {
  const place = (values.length - 1) * share;
  const below = values[Math.floor(place)] ?? 0;
  const above = values[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
