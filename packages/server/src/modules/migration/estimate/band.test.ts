import { describe, expect, it } from "vitest";
import { bandOfPaces, bandOfRuns, restOf, type Pace } from "./band.ts";
import { estimate } from "./estimate.ts";

/** Recorded stretches of 100 people each, one of these many seconds. */
function recorded(...seconds: number[]): Pace[] {
  return seconds.map((each) => ({ people: 100, seconds: each }));
}

const steady = recorded(...Array.from({ length: 40 }, () => 2));

describe("a band of recorded stretches", () => {
  it("is not made of fewer than three", () => {
    expect(bandOfPaces(1_000, recorded(2, 2))).toBeNull();
    expect(bandOfPaces(1_000, recorded(2, 2, 2))).not.toBeNull();
  });

  it("lies around the steady pace, a tenth to either side", () => {
    // 1,000 people at 2 seconds a hundred are 20 seconds.
    expect(bandOfPaces(1_000, steady)).toEqual({ low: expect.closeTo(17.5), high: expect.closeTo(22.5) });
  });

  it("is wider while little is recorded, and where the pace varies", () => {
    const early = bandOfPaces(1_000, recorded(2, 2, 2, 2));
    const uneven = bandOfPaces(1_000, recorded(...Array.from({ length: 40 }, (_v, i) => (i < 20 ? 1 : 3))));
    expect(early).toEqual({ low: 14.5, high: 25.5 });
    expect(uneven?.low).toBeCloseTo(9.5);
    expect(uneven?.high).toBeCloseTo(30.5);
  });

  it("hardly moves for one hiccup", () => {
    const hiccup = steady.with(7, { people: 100, seconds: 60 });
    const band = bandOfPaces(1_000, hiccup);
    expect(band?.low).toBeGreaterThan(15);
    expect(band?.low).toBeLessThan(20);
    expect(band?.high).toBeLessThan(40);
  });

  it("of nobody is next to nothing", () => {
    expect(bandOfPaces(0, steady)).toEqual({ low: 0, high: 0.5 });
  });
});

describe("a band of earlier runs", () => {
  it("scales runs near in size", () => {
    const band = bandOfRuns(2_000, [{ items: 1_000, runSeconds: 10, verifySeconds: 4 }], "run");
    expect(band).toEqual({ low: 15.5, high: 25.5 });
  });

  it("of a very different size has both its time and its time in proportion in it", () => {
    const band = bandOfRuns(100_000, [{ items: 100, runSeconds: 2, verifySeconds: 1 }], "run");
    expect(band).toEqual({ low: 1.5, high: 2_000.5 });
  });

  it("does not exist without any", () => {
    expect(bandOfRuns(1_000, [], "run")).toBeNull();
  });
});

describe("an estimate", () => {
  const runs = [{ items: 4_000, runSeconds: 80, verifySeconds: 40 }];
  const before = { items: 4_000, remaining: 4_000, paces: [], runs, verifying: null };

  it("before the run comes from earlier runs, and from nothing where there are none", () => {
    expect(estimate(before)).toEqual({
      low: 95,
      high: 151,
      until: "END",
      basis: "1 earlier run of 4,000 rows on this installation",
    });
    expect(estimate({ ...before, runs: [] })).toBeNull();
  });

  it("during the run comes from its own batches and the proof of earlier runs", () => {
    const made = estimate({ ...before, remaining: 1_000, paces: steady });
    expect(made).toMatchObject({ low: 49, high: 73, until: "END" });
    expect(made?.basis).toContain("latest 40 batches");
  });

  it("reaches to the last person only, where no proof was ever measured", () => {
    const made = estimate({ ...before, remaining: 1_000, paces: steady, runs: [] });
    expect(made).toMatchObject({ low: expect.closeTo(17.5), high: expect.closeTo(22.5), until: "WRITTEN" });
    expect(made?.basis).toContain("never measured");
  });

  it("counts down while access is compared", () => {
    expect(estimate({ ...before, remaining: 0, verifying: 10 })).toMatchObject({ low: 21.5, high: 40.5 });
    expect(restOf({ low: 3, high: 5 }, 9)).toEqual({ low: 0, high: 0 });
  });
});
