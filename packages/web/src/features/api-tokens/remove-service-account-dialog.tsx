import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { RemoveServiceAccountDocument, type ServiceAccountCardFragment } from "./api-tokens.generated.ts";

/** Asks before a service account ends for good; open while there is one. */
export function RemoveServiceAccountDialog(props: {
  account: ServiceAccountCardFragment | null;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { account } = props;
  const action = useAction(RemoveServiceAccountDocument);
  const close = () => {
    action.clear();
    props.onClose();
  };
  const remove = async () => {
    if (account && (await action.run({ input: { serviceAccountId: account.id } }))) {
      close();
      props.onRemoved();
    }
  };
  return (
    <ConfirmDialog
      opened={account !== null}
      title={`Remove ${account?.name ?? ""}?`}
      confirmLabel="Remove"
      danger
      pending={action.pending}
      onConfirm={() => void remove()}
      onClose={close}
      error={<ActionNotice problem={action.problem} />}
    >
      <p>
        Its tokens stop working at once and its roles are taken. What it did keeps its name in the audit log.
        It cannot be taken back.
      </p>
    </ConfirmDialog>
  );
}
