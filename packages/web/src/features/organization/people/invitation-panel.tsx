import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { QueryError } from "../../../shared/query-view.tsx";
import { describeRole } from "../../../shared/roles/describe-role.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { DataTable, type Column } from "../../../ui/data-table.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import {
  ResendInvitationDocument,
  WithdrawInvitationDocument,
  type InvitationRowFragment,
} from "./people.generated.ts";
import classes from "./people.module.css";

/** Invitations that wait, expired ones too: send again, or withdraw. */
export function InvitationPanel(props: {
  invitations: readonly InvitationRowFragment[] | undefined;
  error: unknown;
  onRetry: () => Promise<unknown>;
  onChanged: () => void;
}) {
  const resending = useAction(ResendInvitationDocument);
  const [withdrawn, setWithdrawn] = useState<InvitationRowFragment | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const resend = async (invitation: InvitationRowFragment) => {
    setSentTo(null);
    if (await resending.run({ input: { invitationId: invitation.id } })) {
      setSentTo(invitation.email);
      props.onChanged();
    }
  };
  return (
    <Panel title="Pending invitations" flush>
      {props.error && !props.invitations ? (
        <QueryError error={props.error} what="the invitations" refetch={props.onRetry} />
      ) : (
        <>
          <ActionNotice problem={resending.problem} />
          {sentTo && (
            <Notice tone="good" live title={`The invitation of ${sentTo} was sent again`}>
              Only the link of the newest mail works.
            </Notice>
          )}
          <DataTable
            caption="Pending invitations"
            columns={invitationColumns(
              resending.pending,
              (invitation) => void resend(invitation),
              setWithdrawn,
            )}
            rows={props.invitations}
            rowKey={(invitation) => invitation.id}
            fullHeight
            skeletonCount={2}
            empty={<p className={`muted ${classes.none}`}>No invitation waits for an answer.</p>}
          />
        </>
      )}
      {withdrawn && (
        <WithdrawDialog invitation={withdrawn} onClose={() => setWithdrawn(null)} onDone={props.onChanged} />
      )}
    </Panel>
  );
}

function WithdrawDialog(props: {
  invitation: InvitationRowFragment;
  onClose: () => void;
  onDone: () => void;
}) {
  const { invitation } = props;
  const action = useAction(WithdrawInvitationDocument);
  const withdraw = async () => {
    if (await action.run({ input: { invitationId: invitation.id } })) {
      props.onClose();
      props.onDone();
    }
  };
  return (
    <ConfirmDialog
      opened
      title={`Withdraw the invitation of ${invitation.email}?`}
      confirmLabel="Withdraw"
      danger
      pending={action.pending}
      onConfirm={() => void withdraw()}
      onClose={props.onClose}
      error={<ActionNotice problem={action.problem} />}
    >
      <p>
        The link in their mail ends. They will not become <strong>{describeRole(invitation)}</strong>.
      </p>
    </ConfirmDialog>
  );
}

function invitationColumns(
  busy: boolean,
  onResend: (invitation: InvitationRowFragment) => void,
  onWithdraw: (invitation: InvitationRowFragment) => void,
): Column<InvitationRowFragment>[] {
  return [
    {
      id: "invited",
      header: "Invited",
      cell: (invitation) => (
        <div className={classes.invited}>
          <strong>{invitation.email}</strong>
          <div className="muted">{describeRole(invitation)}</div>
        </div>
      ),
    },
    {
      id: "state",
      header: "State",
      cell: ({ expired, expiresAt }) =>
        expired ? (
          <StatusBadge tone="bad">Expired</StatusBadge>
        ) : (
          <>
            <StatusBadge tone="warn">Waiting</StatusBadge>
            <div className="muted">
              until <TimeText value={expiresAt} />
            </div>
          </>
        ),
    },
    {
      id: "by",
      header: "Sent by",
      hideBelow: "md",
      cell: ({ generation, invitedBy, sentAt }) => (
        <>
          {invitedBy.name || invitedBy.email}
          <div className="muted">
            <TimeText value={sentAt} format="relative" />
            {generation > 1 && `, sent ${generation} times`}
          </div>
        </>
      ),
    },
    {
      id: "actions",
      header: <span className="visually-hidden">Actions</span>,
      cell: (invitation) =>
        invitation.viewerCanChange && (
          <Group gap={6} justify="flex-end">
            <Button
              size="compact-sm"
              variant="default"
              disabled={busy}
              aria-label={`Send the invitation of ${invitation.email} again`}
              onClick={() => onResend(invitation)}
            >
              Send again
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Withdraw the invitation of ${invitation.email}`}
              onClick={() => onWithdraw(invitation)}
            >
              Withdraw
            </Button>
          </Group>
        ),
    },
  ];
}
