import { expect, it } from "vitest";
import { groupOutcomes } from "./plan-outcome-groups.ts";

const duplicate = {
  sourceType: "PORTAL_ONLY",
  typeAfter: "NONE",
  effect: "NOT_COPIED",
  outcome: "FAILED",
  problem: "DUPLICATE_ROW",
  problemText: "Duplicate row",
} as const;

it("keeps copied rows apart and adds up those that are not copied by problem", () => {
  const groups = groupOutcomes([
    { ...duplicate, destinationState: "NOTHING", nextStepText: null, count: 2 },
    { ...duplicate, destinationState: "BOTH", nextStepText: "Correct the row", count: 5 },
    {
      ...duplicate,
      effect: "CREATE",
      outcome: "SUCCESSFUL",
      problem: null,
      destinationState: "NOTHING",
      count: 1,
    },
  ]);
  expect(groups.map(({ effect, destinationState, count }) => [effect, destinationState, count])).toEqual([
    ["CREATE", "NOTHING", 1],
    ["NOT_COPIED", null, 7],
  ]);
  expect(groups[1]?.nextStepText).toBe("Correct the row");
});
