import { describe, expect, it } from "vitest";
import { canMove, migrationStates, statesBefore, transitions, type MigrationState } from "./states.ts";

/** Every state that can be reached in some number of steps. */
function reachableFrom(start: MigrationState): Set<MigrationState> {
  const reached = new Set<MigrationState>([start]);
  for (const state of reached) {
    for (const next of transitions[state]) {
      reached.add(next);
    }
  }
  return reached;
}

describe("the states of a migration", () => {
  it("can all be reached from a new one", () => {
    expect([...reachableFrom("DRAFT")].toSorted()).toEqual([...migrationStates].toSorted());
  });

  it("lead to an end from everywhere", () => {
    for (const state of migrationStates) {
      const ends = [...reachableFrom(state)].filter((end) => end === "UNDONE" || end === "CANCELLED");
      expect(ends, state).not.toEqual([]);
    }
  });

  it("let an undo begin where a run has ended or was stopped, and nowhere else", () => {
    expect(statesBefore("UNDOING")).toEqual(["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED", "CANCELLED"]);
  });

  it("let an undo of some people give back each state it may have begun in", () => {
    for (const state of statesBefore("UNDOING")) {
      expect(canMove("UNDOING", state), state).toBe(true);
    }
  });

  it("end with UNDONE", () => {
    expect(transitions.UNDONE).toEqual([]);
    expect(statesBefore("UNDONE")).toEqual(["UNDOING"]);
  });
});
