import { describe, expect, it } from "vitest";
import { nextAnnouncement, quietMs, type Announced } from "./announcements.ts";

const makeSnapshot = (overrides: Partial<Parameters<typeof nextAnnouncement>[1]> = {}) => ({
  state: "RUNNING",
  stateWord: "Running",
  processed: 0,
  total: 1_000,
  requiresAttention: 0,
  ...overrides,
});
const running: Announced = { state: "RUNNING", tenth: 0, at: 0 };

describe("nextAnnouncement", () => {
  it("stays quiet for the first snapshot", () => {
    const { text, announced } = nextAnnouncement(
      { state: null, tenth: 0, at: 0 },
      makeSnapshot({ processed: 500 }),
      5,
    );
    expect(text).toBeNull();
    expect(announced).toEqual({ state: "RUNNING", tenth: 5, at: 5 });
  });

  it("tells a change of phase at once", () => {
    expect(nextAnnouncement(running, makeSnapshot({ state: "PAUSED", stateWord: "Paused" }), 1).text).toBe(
      "The migration is now: Paused.",
    );
  });

  it("tells the end with what needs attention", () => {
    const end = makeSnapshot({ state: "COMPLETED_WITH_ATTENTION", processed: 1_000, requiresAttention: 12 });
    expect(nextAnnouncement(running, end, 1).text).toBe("Migration complete! 12 require attention.");
  });

  it("tells each tenth, at most every thirty seconds", () => {
    const soon = nextAnnouncement(running, makeSnapshot({ processed: 130 }), quietMs - 1);
    expect(soon.text).toBeNull();
    const later = nextAnnouncement(soon.announced, makeSnapshot({ processed: 230 }), quietMs);
    expect(later.text).toBe("23 per cent done.");
    expect(nextAnnouncement(later.announced, makeSnapshot({ processed: 290 }), quietMs * 3).text).toBeNull();
  });
});
