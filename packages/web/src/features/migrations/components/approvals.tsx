import type { ReactNode } from "react";
import { listNames } from "../../../ui/page-states.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import type { MigrationApprovalsFragment } from "../migration-actions.generated.ts";

/** Who approved the plan, in order: "Ann Lee, 5 minutes ago; Bo Chen, just now". */
export function ApprovedBy(props: { migration: MigrationApprovalsFragment }) {
  const { approvals, approvedAt, approvedBy } = props.migration;
  if (approvals.length === 0) {
    return approvedAt ? (
      <>
        Approved {approvedBy && `by ${approvedBy.name} `}
        <TimeText value={approvedAt} />
      </>
    ) : null;
  }
  return (
    <>
      Approved by{" "}
      {approvals.map((approval, index) => (
        <span key={approval.ordinal}>
          {index > 0 && " and "}
          {approval.by.name || approval.by.email} <TimeText value={approval.at} />
        </span>
      ))}
    </>
  );
}

/** Says that one approval is there and whose second one is awaited; nothing in any other case. */
export function AwaitedApproval(props: {
  migration: MigrationApprovalsFragment & { state: string };
  actions?: ReactNode;
}) {
  const { approvals, approvalsRequired, awaitedApprovers, state } = props.migration;
  if (state !== "PLANNED" || approvals.length === 0) {
    return null;
  }
  if (approvalsRequired < 2) {
    return (
      <Notice tone="info" title="A second approver is no longer required" actions={props.actions}>
        <ApprovedBy migration={props.migration} />. The plan is sealed by the next approval.
      </Notice>
    );
  }
  return (
    <Notice tone="info" title="Waiting for a second approver" actions={props.actions}>
      <ApprovedBy migration={props.migration} />.{" "}
      {awaitedApprovers.length > 0
        ? `Somebody else has to approve the same plan: ${listNames(awaitedApprovers)}.`
        : "Nobody else administers both sites yet: an organization admin can add somebody who does."}
    </Notice>
  );
}
