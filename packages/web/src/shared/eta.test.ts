import { describe, expect, it } from "vitest";
import { formatDuration, formatEta, formatProgress } from "./eta.ts";

describe("formatEta", () => {
  it.each([
    [null, null, null],
    [12, null, null],
    [1, 3, "a few seconds left"],
    [22, 31, "ETA 22–31 s"],
    [40, 40, "ETA 40 s"],
    [2_160, 2_460, "ETA 36–41 min"],
    [80, 130, "ETA 1–3 min"],
    [5_400, 9_000, "ETA 1.5–2.5 h"],
  ])("of %s to %s seconds is %s", (low, high, expected) => {
    expect(formatEta(low, high)).toBe(expected);
  });
});

describe("formatProgress", () => {
  it("says how far and how long", () => {
    const progress = { processed: 412_300, total: 1_000_000, etaSecondsLow: 2_160, etaSecondsHigh: 2_460 };
    expect(formatProgress(progress)).toBe("412k/1.0M 41% · ETA 36–41 min");
  });

  it("leaves out an ETA that is not known", () => {
    const progress = { processed: 20, total: 4_682, etaSecondsLow: null, etaSecondsHigh: null };
    expect(formatProgress(progress)).toBe("20/4.7k 1%");
  });
});

describe("formatDuration", () => {
  it.each([
    [8_400, "8 s"],
    [200_000, "3 min 20 s"],
    [540_000, "9 min"],
    [7_500_000, "2 h 5 min"],
    [-5, "0 s"],
  ])("of %s ms is %s", (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });
});
