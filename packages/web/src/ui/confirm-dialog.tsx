import { Button, Modal, TextInput } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import classes from "./confirm-dialog.module.css";

/**
 * Asks before something that cannot be taken back. With `typeToConfirm` the reader types that text first.
 * `error` (a refusal) is shown inside; the dialog stays open until the caller closes it.
 */
export function ConfirmDialog(props: {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  danger?: boolean;
  typeToConfirm?: string;
  typeLabel?: string;
  pending?: boolean;
  disabled?: boolean;
  error?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState("");
  const matches = props.typeToConfirm === undefined || typed.trim() === props.typeToConfirm;
  const close = () => {
    setTyped("");
    props.onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (matches && !props.disabled && !props.pending) {
      props.onConfirm();
    }
  };
  return (
    <Modal
      opened={props.opened}
      onClose={close}
      title={props.title}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form noValidate onSubmit={submit} className={classes.form}>
        <div className={classes.text}>{props.children}</div>
        {props.typeToConfirm !== undefined && (
          <TextInput
            label={props.typeLabel ?? `Type “${props.typeToConfirm}” to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {props.error}
        <div className={classes.buttons}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            type="submit"
            color={props.danger ? "red" : undefined}
            disabled={!matches || props.disabled}
            loading={props.pending}
          >
            {props.confirmLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
