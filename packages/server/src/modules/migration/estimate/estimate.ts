import { addBands, bandOfPaces, bandOfRuns, restOf, type Band, type EarlierRun, type Pace } from "./band.ts";

/** How long a run takes from now on, as a range of seconds, with what it is based on. */
export interface Estimate extends Band {
  basis: string;
  /** What it reaches to: all people written, or the end with the access proof. */
  until: "WRITTEN" | "END";
}

/** Everything an estimate is made from. */
export interface Measured {
  /** Rows of the plan and those still to do. */
  items: number;
  remaining: number;
  /** Stretches of this run, pauses left out. */
  paces: readonly Pace[];
  /** Ended runs of this kind on this installation, nearest in size. */
  runs: readonly EarlierRun[];
  /** Seconds since the comparison of access began; null before that. */
  verifying: number | null;
}

/** What is said where nothing can be foretold: never an invented number. */
export const nothingMeasured =
  "Nothing was measured on this installation yet; the first run of this kind measures it.";

/** The estimate from now on, or null where nothing was measured that would give one. */
export function estimate(measured: Measured): Estimate | null {
  const { items, remaining, paces, runs, verifying } = measured;
  const proof = bandOfRuns(items, runs, "verify");
  if (verifying !== null || remaining === 0) {
    return proof === null
      ? null
      : { ...restOf(proof, verifying ?? 0), until: "END", basis: `the access proof of ${sayRuns(runs)}` };
  }
  const recorded = bandOfPaces(remaining, paces);
  if (recorded !== null) {
    const batches = `the latest ${paces.length} batches of this run`;
    return proof === null
      ? { ...recorded, until: "WRITTEN", basis: `${batches}; the access proof after them was never measured` }
      : {
          ...addBands(recorded, proof),
          until: "END",
          basis: `${batches} and the access proof of ${sayRuns(runs)}`,
        };
  }
  const writing = bandOfRuns(remaining, runs, "run");
  return writing === null || proof === null
    ? null
    : { ...addBands(writing, proof), until: "END", basis: sayRuns(runs) };
}

function sayRuns(runs: readonly EarlierRun[]): string {
  const sizes = runs.map((run) => run.items).toSorted((one, other) => one - other);
  const [least = 0] = sizes;
  const most = sizes.at(-1) ?? 0;
  const of = least === most ? say(least) : `${say(least)} to ${say(most)}`;
  return runs.length === 1
    ? `1 earlier run of ${of} rows on this installation`
    : `${runs.length} earlier runs of ${of} rows on this installation`;
}

function say(count: number): string {
  return count.toLocaleString("en");
}
