import { useApolloClient } from "@apollo/client/react";
import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { wishWords } from "../../shared/roles/wish-words.ts";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import {
  ApproveAccessRequestDocument,
  DeclineAccessRequestDocument,
  type MyWorkQuery,
} from "./my-work.generated.ts";
import { WorkRow } from "./work-lists.tsx";
import classes from "./work-lists.module.css";

type Request = MyWorkQuery["myWork"]["accessRequests"][number];

/** Requests for access that wait for the viewer: approve, or decline with a reason. */
export function RequestInbox(props: { requests: readonly Request[] }) {
  const [open, setOpen] = useState<{ request: Request; approve: boolean } | null>(null);
  return (
    <Panel title="Requests for access" flush>
      <ul className={classes.list}>
        {props.requests.map((request) => (
          <WorkRow
            key={request.id}
            title={`${nameOf(request)} asks for ${describeWish(request)}`}
            detail={`“${request.reason}”`}
            middle={
              <span className="muted">
                <TimeText value={request.createdAt} format="relative" />
              </span>
            }
            action={
              <Group gap={8}>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Decline the request of ${nameOf(request)}`}
                  onClick={() => setOpen({ request, approve: false })}
                >
                  Decline…
                </Button>
                <Button
                  size="xs"
                  aria-label={`Approve the request of ${nameOf(request)}`}
                  onClick={() => setOpen({ request, approve: true })}
                >
                  Approve…
                </Button>
              </Group>
            }
          />
        ))}
      </ul>
      {open?.approve === true && <ApproveDialog request={open.request} onClose={() => setOpen(null)} />}
      {open?.approve === false && <DeclineDialog request={open.request} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

function ApproveDialog(props: { request: Request; onClose: () => void }) {
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

function DeclineDialog(props: { request: Request; onClose: () => void }) {
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

/** "the site admin role of Northwind Help". */
export function describeWish({ product, site, wish }: Pick<Request, "product" | "site" | "wish">): string {
  return `${wishWords[wish].asks} ${product?.name ?? site?.name ?? ""}`;
}

function nameOf({ account }: Request): string {
  return account.name || account.email;
}
