import { listNames } from "../../ui/page-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { RecoveryProblem } from "./recovery-api.ts";

/** Why it did not happen, and who can help; nothing without a problem, or where the field says it. */
export function RecoveryNotice(props: { problem: RecoveryProblem | null; fields?: readonly string[] }) {
  const { problem, fields = [] } = props;
  if (problem === null || (problem.field !== null && fields.includes(problem.field))) {
    return null;
  }
  const isOurs = problem.code === "INTERNAL" || problem.code === "FAILED";
  return (
    <Notice tone="bad" live title={problem.message}>
      {problem.whoCanGrant.length > 0 && `Ask ${listNames(problem.whoCanGrant)}.`}
      {isOurs && problem.requestId !== null && `Request ${problem.requestId}.`}
    </Notice>
  );
}
