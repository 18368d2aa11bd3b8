import { ActionIcon, Button } from "@mantine/core";
import { IconPencil, IconPlus, IconX } from "@tabler/icons-react";
import { describeRole } from "../../../shared/roles/describe-role.ts";
import type { Column } from "../../../ui/data-table.tsx";
import type { PersonRowFragment, RoleRowFragment } from "./people.generated.ts";
import classes from "./people.module.css";

/** What is about to be done. */
export type RoleAction =
  | { kind: "invite" }
  | { kind: "add"; person: PersonRowFragment }
  | { kind: "change"; person: PersonRowFragment; role: RoleRowFragment }
  | { kind: "remove"; person: PersonRowFragment; role: RoleRowFragment };

/** The columns of people with roles; each role has its own actions. */
export function peopleColumns(
  organizationName: string,
  canAdd: boolean,
  onAction: (action: RoleAction) => void,
): Column<PersonRowFragment>[] {
  return [
    {
      id: "person",
      header: "Person",
      width: "42%",
      cell: ({ account }) => (
        <div className={classes.person}>
          <strong>{account.name || account.email}</strong>
          {account.name && <div className="muted">{account.email}</div>}
        </div>
      ),
    },
    {
      id: "roles",
      header: "Roles",
      cell: (person) => (
        <ul className={classes.roles}>
          {person.roles.map((role) => (
            <li key={role.id}>
              <span>
                {describeRole(role)}
                {role.site || role.product ? "" : ` of ${organizationName}`}
              </span>
              <RoleButtons person={person} role={role} onAction={onAction} />
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: "actions",
      header: <span className="visually-hidden">Actions</span>,
      actions: true,
      hideBelow: "sm",
      cell: (person) =>
        canAdd && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            aria-label={`Add a role for ${nameOf(person)}`}
            onClick={() => onAction({ kind: "add", person })}
          >
            Role
          </Button>
        ),
    },
  ];
}

function RoleButtons(props: {
  person: PersonRowFragment;
  role: RoleRowFragment;
  onAction: (action: RoleAction) => void;
}) {
  const { person, role } = props;
  const what = `${describeRole(role)}, ${nameOf(person)}`;
  return (
    <span className={classes.buttons}>
      {role.viewerCanChange && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={`Change ${what}`}
          title="Change"
          onClick={() => props.onAction({ kind: "change", person, role })}
        >
          <IconPencil size={16} aria-hidden />
        </ActionIcon>
      )}
      {role.viewerCanRevoke && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={`Remove ${what}`}
          title="Remove"
          onClick={() => props.onAction({ kind: "remove", person, role })}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </span>
  );
}

/** The name, or the email of somebody without one. */
export function nameOf({ account }: PersonRowFragment): string {
  return account.name || account.email;
}
