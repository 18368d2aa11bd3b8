import { Textarea } from "@mantine/core";
import { useState } from "react";
import { formatCount, formatPeople } from "../../shared/number-format.ts";
import { ActionNotice, type ActionProblem } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import type { GroupReviewFieldsFragment } from "./groups.generated.ts";

interface DialogState {
  group: GroupReviewFieldsFragment;
  opened: boolean;
  pending: boolean;
  problem: ActionProblem | null;
  onClose: () => void;
}

/** Asks before the Customer role is given: to the selected people, or to everybody still pending. */
export function ApproveDialog(props: DialogState & { selected: number | null; onApprove: () => void }) {
  const { group, selected } = props;
  const people = selected ?? group.pendingCount;
  const left = group.pendingCount - people;
  return (
    <ConfirmDialog
      opened={props.opened}
      title={`Approve ${formatPeople(people)}?`}
      confirmLabel={
        selected === null ? `Approve all ${formatCount(people)}` : `Approve ${formatCount(people)}`
      }
      pending={props.pending}
      onConfirm={props.onApprove}
      onClose={props.onClose}
      error={<ActionNotice problem={props.problem} />}
    >
      <p>
        {people === 1 ? "This person gets" : "These people get"} the Customer role on {group.site.name} and{" "}
        {people === 1 ? "reaches" : "reach"} the service projects shown under “What approving gives”. No
        billable seat is added.
      </p>
      {left > 0 && <p>{formatPeople(left)} in the group stay pending.</p>}
      <p className="muted">An approval cannot be declined afterwards.</p>
    </ConfirmDialog>
  );
}

/** Asks for the reason before the rest of a group is declined; the reason is kept and shown to everybody. */
export function DeclineDialog(props: DialogState & { onDecline: (reason: string) => void }) {
  const { group } = props;
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const confirm = () => {
    const text = reason.trim();
    setMissing(text === "");
    if (text !== "") {
      props.onDecline(text);
    } else {
      document.getElementById(reasonFieldId)?.focus();
    }
  };
  const tooLong = props.problem?.field === "reason" ? props.problem.message : undefined;
  return (
    <ConfirmDialog
      opened={props.opened}
      title={`Decline ${formatPeople(group.pendingCount)}?`}
      confirmLabel="Decline"
      danger
      pending={props.pending}
      onConfirm={confirm}
      onClose={props.onClose}
      error={<ActionNotice problem={tooLong ? null : props.problem} />}
    >
      <p>
        {group.pendingCount === 1 ? "The pending member does" : "The pending members do"} not get the Customer
        role and {group.pendingCount === 1 ? "reaches" : "reach"} no service project on {group.site.name}.
        {group.approvedCount > 0 &&
          ` ${formatPeople(group.approvedCount)} already approved ${group.approvedCount === 1 ? "keeps" : "keep"} it.`}
      </p>
      <Textarea
        id={reasonFieldId}
        label="Reason"
        description={`Kept with the group and shown in ${group.migration.name} and the audit log.`}
        // Not the native attribute: its own bubble would come before our sentence.
        withAsterisk
        aria-required
        rows={3}
        value={reason}
        error={missing ? "Say why, so that the people affected can be answered." : tooLong}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setMissing(false);
        }}
        data-autofocus
      />
    </ConfirmDialog>
  );
}

const reasonFieldId = "decline-reason";
