import { expect, test } from "vitest";
import type { Output } from "./output.ts";
import { tellResult, type Standing } from "./tell-result.ts";

const told: Record<string, unknown>[] = [];
const output: Output = {
  json: true,
  live: false,
  tell: (record) => void told.push(record),
  say: () => undefined,
  progress: () => undefined,
};

function standing(overrides: Partial<Standing>, openAttention = 0): Standing {
  const progress = {
    sequence: 9,
    total: 10,
    processed: 10,
    successful: 8,
    requiresAttention: 2,
    openAttention,
    notCopied: 0,
    failed: 0,
  };
  const accessProof = { lost: 0, gained: 4, unexplained: 0 };
  return {
    name: "MR-1",
    state: "COMPLETED",
    failure: null,
    lastResult: null,
    progress,
    accessProof,
    ...overrides,
  };
}

test.each<[string, Standing, number]>([
  ["nobody requires attention", standing({}), 0],
  ["people require attention", standing({ state: "COMPLETED_WITH_ATTENTION" }, 2), 4],
  ["all attention was settled", standing({ state: "COMPLETED_WITH_ATTENTION" }), 0],
  ["an undone one", standing({ state: "UNDONE" }), 0],
  ["it failed", standing({ state: "FAILED", failure: "The disk is full." }), 1],
  ["it was cancelled", standing({ state: "CANCELLED" }), 1],
  [
    "access that nothing explains, which weighs more than attention",
    standing({ state: "COMPLETED_WITH_ATTENTION", accessProof: { lost: 1, gained: 4, unexplained: 1 } }, 2),
    5,
  ],
])("the exit code of a run where %s", (_what, at, exitCode) => {
  expect(tellResult(output, at)).toBe(exitCode);
  expect(told.at(-1)).toMatchObject({ type: "result", migration: "MR-1", exitCode });
});
