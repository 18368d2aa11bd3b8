import { Button } from "@mantine/core";
import { useState } from "react";
import { formatCount, formatNumberOf } from "../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { DiscardMailDocument, ReleaseMailDocument } from "./mail-panel.generated.ts";
import classes from "./organization.module.css";

/** Says how much mail waits for a person and how much of it is useless by now; releases or discards it. */
export function HeldMailNotice(props: {
  organizationId: string;
  held: number;
  linkEnded: number;
  onDecided: () => void;
}) {
  const { organizationId, held, linkEnded, onDecided } = props;
  const [discarding, setDiscarding] = useState(false);
  const release = useAction(ReleaseMailDocument);
  const discard = useAction(DiscardMailDocument);
  const useful = held - linkEnded;
  const releaseUseful = async () => {
    if (await release.run({ input: { organizationId, includeEndedLinks: false } })) {
      onDecided();
    }
  };
  const discardAll = async () => {
    if (await discard.run({ input: { organizationId } })) {
      setDiscarding(false);
      onDecided();
    }
  };
  return (
    <>
      <Notice
        tone="warn"
        title={`${formatNumberOf(held, "mail")} held until somebody decides`}
        actions={
          <div className={classes.buttons}>
            {useful > 0 && (
              <Button size="compact-sm" loading={release.pending} onClick={() => void releaseUseful()}>
                Release {formatCount(useful)}
              </Button>
            )}
            <Button size="compact-sm" variant="default" onClick={() => setDiscarding(true)}>
              Discard all
            </Button>
          </div>
        }
      >
        It may have been sent before, or there was no mail server; each says which.
        {linkEnded > 0 &&
          ` ${formatCount(linkEnded)} of them would bring a link that leads nowhere any more; they stay held when you release the others.`}
      </Notice>
      <ActionNotice problem={release.problem} />
      <ConfirmDialog
        opened={discarding}
        title={`Discard ${formatNumberOf(held, "held mail")}?`}
        confirmLabel="Discard"
        danger
        pending={discard.pending}
        onConfirm={() => void discardAll()}
        onClose={() => {
          discard.clear();
          setDiscarding(false);
        }}
        error={<ActionNotice problem={discard.problem} />}
      >
        <p>Its receivers get nothing. What it says is erased, and it cannot be taken back.</p>
      </ConfirmDialog>
    </>
  );
}
