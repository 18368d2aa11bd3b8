import { useApolloClient } from "@apollo/client/react";
import { describeRole } from "../../../shared/roles/describe-role.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { useViewer } from "../../../shared/viewer.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { nameOf } from "./people-columns.tsx";
import { RevokeRoleDocument, type PersonRowFragment, type RoleRowFragment } from "./people.generated.ts";

/** Asks before a role ends, saying what ends with it. */
export function RemoveRoleDialog(props: {
  person: PersonRowFragment;
  role: RoleRowFragment;
  organizationName: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { organizationName, person, role } = props;
  const { account } = useViewer();
  const client = useApolloClient();
  const action = useAction(RevokeRoleDocument);
  const isOwn = person.account.id === account.id;
  const who = isOwn ? "You" : nameOf(person);
  const isLast = person.roles.length === 1;
  const remove = async () => {
    if (await action.run({ input: { roleId: role.id } })) {
      props.onClose();
      props.onDone();
      if (isOwn) {
        // The pages show what one may do: ask again who one is now.
        await client.refetchQueries({ include: "active" });
      }
    }
  };
  return (
    <ConfirmDialog
      opened
      title={isOwn ? "Give up your role?" : `Remove the role of ${nameOf(person)}?`}
      confirmLabel={isOwn ? "Give it up" : "Remove"}
      danger
      pending={action.pending}
      onConfirm={() => void remove()}
      onClose={props.onClose}
      error={<ActionNotice problem={action.problem} />}
    >
      <p>
        {who} will no longer be <strong>{describeRole(role)}</strong>. What {isOwn ? "you" : "they"} have open
        closes within seconds.
      </p>
      {isLast && (
        <p>
          It is {isOwn ? "your" : "their"} only role here: {isOwn ? "you" : "they"} will see nothing of{" "}
          {organizationName} any longer, and what {isOwn ? "you" : "they"} asked for is withdrawn.
        </p>
      )}
    </ConfirmDialog>
  );
}
