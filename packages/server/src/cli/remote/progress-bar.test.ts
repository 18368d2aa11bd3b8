import { expect, test } from "vitest";
import { drawProgress } from "./progress-bar.ts";

const running = {
  state: "RUNNING",
  processed: 12_000,
  total: 25_000,
  peoplePerSecond: 899.6,
  etaSecondsLow: 10.2,
  etaSecondsHigh: 19.5,
  openAttention: 12,
  stalled: false,
};

test("the bar of a run shows its share, rate and rest", () => {
  expect(drawProgress("MR-12", running)).toBe(
    "MR-12 [###########-------------] 48% 12,000 of 25,000 · 900 a second · 10–20 s left · 12 require attention",
  );
});

test("long rests are in minutes", () => {
  expect(drawProgress("MR-12", { ...running, etaSecondsLow: 120, etaSecondsHigh: 290 })).toContain(
    "2–5 min left",
  );
});

test("nothing is made up before a rate is known, and of a run that stands", () => {
  const unknown = { ...running, peoplePerSecond: null, etaSecondsLow: null, etaSecondsHigh: null };
  expect(drawProgress("MR-1", unknown)).toMatch(/12,000 of 25,000 · 12 require attention$/);
  expect(drawProgress("MR-1", { ...running, state: "PAUSED", openAttention: 0 })).toMatch(
    /12,000 of 25,000 · paused$/,
  );
  expect(drawProgress("MR-1", { ...unknown, total: 0, processed: 0, openAttention: 0 })).toBe(
    "MR-1 [------------------------] 0% 0 of 0",
  );
});
