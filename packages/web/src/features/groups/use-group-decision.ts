import { useState } from "react";
import { useAction, type ActionProblem } from "../../shared/use-action.tsx";
import {
  ApproveGroupDocument,
  DeclineGroupDocument,
  type GroupReviewFieldsFragment,
} from "./groups.generated.ts";

type Group = GroupReviewFieldsFragment;

/** What became of the last decision on this page. */
export type DecisionResult =
  | { kind: "approved"; people: number; group: Group }
  | { kind: "declined"; group: Group }
  /** Refused because the group changed meanwhile: as the reader saw it, and as it is. */
  | { kind: "overtaken"; seen: Group; now: Group };

/**
 * Approves or declines a group. Every decision carries the pending count that was on screen; when the server
 * refuses and the group is another one by now, the result holds both, so that the page can show them.
 */
export function useGroupDecision(group: Group, reload: () => Promise<Group | null>) {
  const approving = useAction(ApproveGroupDocument);
  const declining = useAction(DeclineGroupDocument);
  const [result, setResult] = useState<DecisionResult | null>(null);

  const settle = async (seen: Group) => {
    const now = await reload();
    if (now && (now.pendingCount !== seen.pendingCount || now.reviewState !== seen.reviewState)) {
      setResult({ kind: "overtaken", seen, now });
      return true;
    }
    return false;
  };

  /** All pending members when `memberIds` is null. Resolves to whether the dialog may close. */
  const approve = async (memberIds: string[] | null): Promise<boolean> => {
    setResult(null);
    const done = await approving.run({
      input: { groupId: group.id, memberIds, expectedPending: group.pendingCount },
    });
    if (!done) {
      return settle(group);
    }
    setResult({
      kind: "approved",
      people: done.group.approvedCount - group.approvedCount,
      group: done.group,
    });
    return true;
  };

  const decline = async (reason: string): Promise<boolean> => {
    setResult(null);
    const done = await declining.run({
      input: { groupId: group.id, reason, expectedPending: group.pendingCount },
    });
    if (!done) {
      return settle(group);
    }
    setResult({ kind: "declined", group: done.group });
    return true;
  };

  const problem: ActionProblem | null = result ? null : (approving.problem ?? declining.problem);
  return {
    approve,
    decline,
    result,
    problem,
    pending: approving.pending || declining.pending,
    forget: () => {
      setResult(null);
      approving.clear();
      declining.clear();
    },
  };
}
