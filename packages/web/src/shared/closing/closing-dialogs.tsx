import { useApolloClient } from "@apollo/client/react";
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ActionNotice, useAction } from "../use-action.tsx";
import {
  ApproveAccountClosingDocument,
  DeclineAccountClosingDocument,
  type ClosingRequestRowFragment,
} from "./closing-inbox.generated.ts";

interface DialogProps {
  request: ClosingRequestRowFragment;
  onClose: () => void;
}

/** Says what ends and what stays, and has the address typed: nothing of it comes back by a click. */
export function ApproveClosing({ request, onClose }: DialogProps) {
  const client = useApolloClient();
  const action = useAction(ApproveAccountClosingDocument);
  const [words, setWords] = useState("");
  const { account, organization } = request;
  const name = account.name || account.email;
  const agree = async () => {
    if (await action.run({ input: { requestId: request.id, reason: words.trim() || null } })) {
      onClose();
      await client.refetchQueries({ include: "active" });
    }
  };
  return (
    <ConfirmDialog
      opened
      title={`Close the account of ${name}?`}
      confirmLabel="Close the account"
      danger
      typeToConfirm={account.email}
      pending={action.pending}
      onConfirm={() => void agree()}
      onClose={onClose}
      error={<ActionNotice problem={action.problem} />}
    >
      <p>
        At once, their roles, groups and access in <strong>{organization.name}</strong> end. When every
        organization that was asked has agreed, every session, password, passkey and API token ends as well.
      </p>
      <p>Requests they raised and the history stay, with their name.</p>
      <Textarea
        label="Words for them"
        description="They read it in the mail. May be empty."
        maxLength={500}
        autosize
        minRows={2}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

/** Asks for the reason that the person reads. */
export function DeclineClosing({ request, onClose }: DialogProps) {
  const client = useApolloClient();
  const action = useAction(DeclineAccountClosingDocument);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const name = request.account.name || request.account.email;
  const decline = async () => {
    setTried(true);
    if (reason.trim() === "") {
      document.getElementById("decline-closing")?.focus();
      return;
    }
    if (await action.run({ input: { requestId: request.id, reason: reason.trim() } })) {
      onClose();
      await client.refetchQueries({ include: "active" });
    }
  };
  return (
    <ConfirmDialog
      opened
      title={`Keep the account of ${name} open?`}
      confirmLabel="Decline"
      pending={action.pending}
      onConfirm={() => void decline()}
      onClose={onClose}
      error={<ActionNotice problem={action.problem} />}
    >
      <Textarea
        id="decline-closing"
        label="Reason"
        description={`${name} reads it, and may ask again.`}
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
