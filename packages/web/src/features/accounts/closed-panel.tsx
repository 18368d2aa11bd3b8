import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { ReopenAccountDocument, type ProfileFieldsFragment } from "./profile.generated.ts";

/** Says that the account was closed, and opens it again for whoever may. */
export function ClosedPanel(props: { person: ProfileFieldsFragment }) {
  const { person } = props;
  const client = useApolloClient();
  const action = useAction(ReopenAccountDocument);
  const [isAsking, setAsking] = useState(false);
  const { closedAt, reopeningOrganizationId: organizationId } = person;
  if (closedAt == null) {
    return null;
  }
  const reopen = async () => {
    if (organizationId != null && (await action.run({ input: { accountId: person.id, organizationId } }))) {
      setAsking(false);
      await client.refetchQueries({ include: "active" });
    }
  };
  const name = person.name || person.email;
  return (
    <Notice
      tone="warn"
      title="This account is closed"
      actions={
        organizationId != null && (
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
            Open again…
          </Button>
        )
      }
    >
      Closed <TimeText value={closedAt} format="date" />, as its owner had asked. Nobody signs in to it, and
      it has no access; its requests and history stay.
      <ConfirmDialog
        opened={isAsking}
        title={`Open the account of ${name} again?`}
        confirmLabel="Open it again"
        pending={action.pending}
        onConfirm={() => void reopen()}
        onClose={() => {
          action.clear();
          setAsking(false);
        }}
        error={<ActionNotice problem={action.problem} />}
      >
        <p>
          A link goes to {person.email}, and whoever reads mail there chooses a password. Be sure it is still
          the same person: they get this name and history. The account comes back without roles and sites.
        </p>
      </ConfirmDialog>
    </Notice>
  );
}
