import { describe, expect, it } from "vitest";
import { stepsFor } from "./migration-steps.ts";

const states = (input: Parameters<typeof stepsFor>[0]) => stepsFor(input).map((step) => step.state);

describe("stepsFor", () => {
  it("marks what is done, what runs and what comes", () => {
    expect(states({ state: "RUNNING", startedAt: "2026-03-01T10:00:00Z", hasPlan: true })).toEqual([
      "done",
      "done",
      "current",
      "next",
      "next",
    ]);
  });

  it("marks every step done at the end", () => {
    expect(
      states({ state: "COMPLETED_WITH_ATTENTION", startedAt: "2026-03-01T10:00:00Z", hasPlan: true }),
    ).toEqual(Array(5).fill("done"));
  });

  it("shows where a failed or stopped migration ended", () => {
    expect(states({ state: "FAILED", startedAt: null, hasPlan: false })[0]).toBe("stopped");
    expect(states({ state: "CANCELLED", startedAt: null, hasPlan: true })[1]).toBe("stopped");
    expect(states({ state: "CANCELLED", startedAt: "2026-03-01T10:00:00Z", hasPlan: true })[2]).toBe(
      "stopped",
    );
  });
});
