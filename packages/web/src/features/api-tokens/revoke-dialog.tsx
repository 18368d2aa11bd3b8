import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import {
  RevokeApiTokenDocument,
  RevokeServiceTokenDocument,
  type ApiTokenRowFragment,
} from "./api-tokens.generated.ts";

/** Asks before a token ends for good; open while there is a token. */
export function RevokeDialog(props: {
  token: ApiTokenRowFragment | null;
  /** Whether it is a service account's and not the viewer's own. */
  ofService?: boolean;
  onClose: () => void;
  onRevoked: (tokenId: string) => void;
}) {
  const { token } = props;
  const ownAction = useAction(RevokeApiTokenDocument);
  const serviceAction = useAction(RevokeServiceTokenDocument);
  const action = props.ofService ? serviceAction : ownAction;
  const close = () => {
    action.clear();
    props.onClose();
  };
  const revoke = async () => {
    if (token && (await action.run({ input: { tokenId: token.id } }))) {
      close();
      props.onRevoked(token.id);
    }
  };
  return (
    <ConfirmDialog
      opened={token !== null}
      title={`Revoke ${token?.name ?? ""}?`}
      confirmLabel="Revoke"
      danger
      pending={action.pending}
      onConfirm={() => void revoke()}
      onClose={close}
      error={<ActionNotice problem={action.problem} />}
    >
      <p>
        Scripts that use it are refused at once, and what they follow ends within seconds. It cannot be taken
        back.
      </p>
    </ConfirmDialog>
  );
}
