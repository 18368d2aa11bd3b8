import { Button } from "@mantine/core";
import { useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { EndPersonSessionsDocument, type ProfileFieldsFragment } from "./profile.generated.ts";

/** Signs the person out everywhere, such as after a lost computer; for organization admins. */
export function EndSessionsPanel(props: { person: ProfileFieldsFragment }) {
  const { person } = props;
  const organization = useOrganization();
  const action = useAction(EndPersonSessionsDocument);
  const [isAsking, setAsking] = useState(false);
  const [isDone, setDone] = useState(false);
  const end = async () => {
    const done = await action.run({ input: { organizationId: organization.id, accountId: person.id } });
    if (done) {
      setAsking(false);
      setDone(true);
    }
  };
  return (
    <Panel title="Sign-in" description="For a lost computer, or somebody who left.">
      {isDone && <Notice tone="good" live title="Signed out everywhere." />}
      <Button variant="default" onClick={() => setAsking(true)}>
        End all sessions…
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={`End all sessions of ${person.name || person.email}?`}
        confirmLabel="End them"
        danger
        pending={action.pending}
        onConfirm={() => void end()}
        onClose={() => {
          action.clear();
          setAsking(false);
        }}
        error={<ActionNotice problem={action.problem} />}
      >
        <p>
          They are signed out of every site and organization within seconds; remembered browsers and links for
          a new password stop working. Their password, passkeys and API tokens stay.
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
