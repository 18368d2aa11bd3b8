import { formatCount, formatPeople } from "../../shared/number-format.ts";
import { Notice } from "../../ui/notice.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { GroupReviewFieldsFragment } from "./groups.generated.ts";
import { reviewStateWords } from "./review-state-words.ts";
import type { DecisionResult } from "./use-group-decision.ts";

/** Says what the last decision did, or that somebody else was first, with both states side by side. */
export function GroupResult(props: { result: DecisionResult | null }) {
  const { result } = props;
  if (result === null) {
    return null;
  }
  if (result.kind === "overtaken") {
    return (
      <Notice
        tone="warn"
        live
        title="Someone else decided while you were looking. Your decision was not carried out."
      >
        <div>You saw: {describe(result.seen)}.</div>
        <div>
          Now: {describe(result.now)}
          {result.now.decidedBy && `, last decided by ${result.now.decidedBy.name}`}{" "}
          {result.now.decidedAt && <TimeText value={result.now.decidedAt} format="relative" />}.
          {result.now.decisionReason && ` Reason: “${result.now.decisionReason}”.`}
        </div>
      </Notice>
    );
  }
  const { group } = result;
  if (result.kind === "declined") {
    return (
      <Notice
        tone="neutral"
        live
        title={`Declined. Nobody else got the Customer role on ${group.site.name}.`}
      >
        {group.migration.name} now lists them with the problem “Customer role declined” and your reason.
      </Notice>
    );
  }
  return (
    <Notice
      tone="good"
      live
      title={`${formatPeople(result.people)} ${result.people === 1 ? "has" : "have"} the Customer role on ${group.site.name} now.`}
    >
      {group.pendingCount > 0
        ? `${formatCount(group.pendingCount)} still wait for review.`
        : `${group.migration.name} counts them as resolved, and its access proof is computed again.`}
    </Notice>
  );
}

function describe(group: GroupReviewFieldsFragment): string {
  return `${formatCount(group.pendingCount)} pending, ${formatCount(group.approvedCount)} approved (${reviewStateWords[group.reviewState].label.toLowerCase()})`;
}
