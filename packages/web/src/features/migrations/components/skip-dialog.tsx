import { Button, Modal, Textarea } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import classes from "./attention.module.css";

/** Asks why a person is left as they are; the reason goes to the audit log. */
export function SkipDialog(props: {
  opened: boolean;
  who: string;
  pending: boolean;
  error: ReactNode;
  onSkip: (reason: string) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim()) {
      props.onSkip(reason.trim());
    }
  };
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={`Skip ${props.who}?`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={submit} className={classes.dialog}>
        <p>They leave the queue as they are; nothing changes for them.</p>
        <Textarea
          label="Reason"
          description="Kept in the audit log."
          required
          withAsterisk={false}
          rows={3}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {props.error}
        <div className={classes.dialogButtons}>
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={props.pending} disabled={!reason.trim()}>
            Skip
          </Button>
        </div>
      </form>
    </Modal>
  );
}
