import { useApolloClient } from "@apollo/client/react";
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { wishWords } from "../../shared/roles/wish-words.ts";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { describeWish, nameOf } from "./describe-wish.ts";
import {
  ApproveAccessRequestDocument,
  DeclineAccessRequestDocument,
  type MyWorkQuery,
} from "./my-work.generated.ts";

type Request = MyWorkQuery["myWork"]["accessRequests"][number];

/** Says what the person gets, and gives it. */
export function ApproveDialog(props: { request: Request; onClose: () => void }) {
  const { request } = props;
  const client = useApolloClient();
  const action = useAction(ApproveAccessRequestDocument);
  const approve = async () => {
    if (await action.run({ input: { requestId: request.id } })) {
      props.onClose();
      await client.refetchQueries({ include: "active" });
    }
  };
  return (
    <ConfirmDialog
      opened
      title={`Approve the request of ${nameOf(request)}?`}
      confirmLabel="Approve"
      pending={action.pending}
      onConfirm={() => void approve()}
      onClose={props.onClose}
      error={<ActionNotice problem={action.problem} />}
    >
      <p>
        {nameOf(request)} ({request.account.email}) gets <strong>{describeWish(request)}</strong> at once:{" "}
        {wishWords[request.wish].meaning}
      </p>
      <p className="muted">Their reason: {request.reason}</p>
    </ConfirmDialog>
  );
}

/** Asks for the reason that the person reads. */
export function DeclineDialog(props: { request: Request; onClose: () => void }) {
  const { request } = props;
  const client = useApolloClient();
  const action = useAction(DeclineAccessRequestDocument);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const decline = async () => {
    setTried(true);
    if (reason.trim() === "") {
      document.getElementById("decline-reason")?.focus();
      return;
    }
    if (await action.run({ input: { requestId: request.id, reason: reason.trim() } })) {
      props.onClose();
      await client.refetchQueries({ include: "active" });
    }
  };
  return (
    <ConfirmDialog
      opened
      title={`Decline the request of ${nameOf(request)}?`}
      confirmLabel="Decline"
      danger
      pending={action.pending}
      onConfirm={() => void decline()}
      onClose={props.onClose}
      error={<ActionNotice problem={action.problem} />}
    >
      <Textarea
        id="decline-reason"
        label="Reason"
        description={`${nameOf(request)} reads it, and may ask again.`}
        withAsterisk
        aria-required
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        value={reason}
        error={tried && reason.trim() === "" ? "Say why you decline." : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
