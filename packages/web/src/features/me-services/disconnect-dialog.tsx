import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DisconnectServiceDocument, type ConnectedServiceFieldsFragment } from "./me-services.generated.ts";

/** Says what ends and what stays before a login is taken off the account. */
export function DisconnectDialog(props: {
  login: ConnectedServiceFieldsFragment;
  onClose: () => void;
  onDone: () => void;
}) {
  const { email, id, product } = props.login;
  const action = useAction(DisconnectServiceDocument);
  const disconnect = async () => {
    if (await action.run({ input: { loginId: id } })) {
      props.onDone();
    }
  };
  return (
    <ConfirmDialog
      opened
      title={`Disconnect ${product.name}?`}
      confirmLabel="Disconnect"
      danger
      pending={action.pending}
      onConfirm={() => void disconnect()}
      onClose={props.onClose}
      error={<ActionNotice problem={action.problem} />}
    >
      <p>
        The login {email} is no longer on your account. In {product.name} nothing changes: the login is there
        with everything it had, and you can connect it again with a mail to its address. That address and
        yours are told.
      </p>
    </ConfirmDialog>
  );
}
