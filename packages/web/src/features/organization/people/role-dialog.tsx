import { Select, TextInput } from "@mantine/core";
import type { Role } from "@rehome/schema";
import { useState } from "react";
import { describeRole } from "../../../shared/roles/describe-role.ts";
import { roleWords } from "../../../shared/role-words.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { nameOf, type RoleAction } from "./people-columns.tsx";
import { ChangeRoleDocument, GrantRoleDocument, InviteToRoleDocument } from "./people.generated.ts";
import type { GrantablePlaces } from "./role-places.ts";

type Action = Exclude<RoleAction, { kind: "remove" }>;

const meanings: Record<Role, string> = {
  MEMBER: "Belongs to the organization and administers nothing.",
  SITE_ADMIN: "Uploads, migrates, reviews groups and grants roles on one site.",
  PRODUCT_ADMIN: "Administers one product beside its owner.",
  PRODUCT_OWNER: "Owns one product.",
  ORGANIZATION_ADMIN: "Administers everything: every site, product, role and the audit log.",
};

/** Invites an address to a role, adds a role for somebody, or changes one. */
export function RoleDialog(props: {
  action: Action;
  organizationId: string;
  places: GrantablePlaces;
  onClose: () => void;
  onDone: () => void;
}) {
  const { action, places } = props;
  const send = useRoleAction(action, props.organizationId);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>(
    places.roles.includes("SITE_ADMIN") ? "SITE_ADMIN" : (places.roles[0] ?? "MEMBER"),
  );
  const [place, setPlace] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const options = role === "SITE_ADMIN" ? places.sites : role === "PRODUCT_ADMIN" ? places.products : null;
  const chosen =
    options === null ? null : (place ?? (options.length === 1 ? (options[0]?.value ?? null) : null));
  const isEmailMissing = action.kind === "invite" && email.trim() === "";
  const isPlaceMissing = options !== null && chosen === null;
  const submit = async () => {
    setTried(true);
    if (isEmailMissing || isPlaceMissing) {
      document.getElementById(isEmailMissing ? "role-email" : "role-place")?.focus();
      return;
    }
    const where =
      role === "SITE_ADMIN" ? { siteId: chosen } : role === "PRODUCT_ADMIN" ? { productId: chosen } : {};
    if (await send.run({ role, ...where, email: email.trim() })) {
      props.onClose();
      props.onDone();
    }
  };
  const refusedEmail = send.problem?.field === "email" ? send.problem.message : null;
  return (
    <ConfirmDialog
      opened
      title={titleOf(action)}
      confirmLabel={
        action.kind === "invite"
          ? "Send the invitation"
          : action.kind === "add"
            ? "Give the role"
            : "Change the role"
      }
      pending={send.pending}
      onConfirm={() => void submit()}
      onClose={props.onClose}
      error={<ActionNotice problem={refusedEmail === null ? send.problem : null} />}
    >
      {action.kind === "invite" && (
        <TextInput
          id="role-email"
          label="Email"
          description="They get a mail with a link that works for 72 hours."
          type="email"
          autoComplete="off"
          withAsterisk
          aria-required
          data-autofocus
          value={email}
          error={refusedEmail ?? (tried && isEmailMissing ? "Enter an address." : null)}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      )}
      {action.kind === "change" && (
        <p>
          {nameOf(action.person)} is <strong>{describeRole(action.role)}</strong>. That ends when the other
          role begins.
        </p>
      )}
      <RoleFields
        places={places}
        role={role}
        options={options}
        chosen={chosen}
        isPlaceMissing={tried && isPlaceMissing}
        onRole={(next) => {
          setRole(next);
          setPlace(null);
        }}
        onPlace={setPlace}
      />
    </ConfirmDialog>
  );
}

/** The role and, for roles of a site or product, which one. */
function RoleFields(props: {
  places: GrantablePlaces;
  role: Role;
  options: GrantablePlaces["sites"] | null;
  chosen: string | null;
  isPlaceMissing: boolean;
  onRole: (role: Role) => void;
  onPlace: (place: string | null) => void;
}) {
  const { places, role } = props;
  return (
    <>
      <Select
        label="Role"
        description={meanings[role]}
        data={places.roles.map((value) => ({ value, label: roleWords[value] }))}
        value={role}
        allowDeselect={false}
        onChange={(value) => props.onRole(places.roles.find((known) => known === value) ?? "MEMBER")}
      />
      {props.options !== null && (
        <Select
          id="role-place"
          label={role === "SITE_ADMIN" ? "Site" : "Product"}
          withAsterisk
          aria-required
          data={props.options}
          value={props.chosen}
          allowDeselect={false}
          error={props.isPlaceMissing ? "Choose one." : null}
          onChange={props.onPlace}
        />
      )}
    </>
  );
}

function titleOf(action: Action): string {
  if (action.kind === "invite") {
    return "Invite somebody to a role";
  }
  return action.kind === "add"
    ? `Add a role for ${nameOf(action.person)}`
    : `Change the role of ${nameOf(action.person)}`;
}

interface Wanted {
  role: Role;
  siteId?: string | null;
  productId?: string | null;
  email: string;
}

/** The one mutation that the dialog is about. */
function useRoleAction(action: Action, organizationId: string) {
  const inviting = useAction(InviteToRoleDocument);
  const granting = useAction(GrantRoleDocument);
  const changing = useAction(ChangeRoleDocument);
  const run = async ({ email, ...role }: Wanted): Promise<boolean> => {
    if (action.kind === "invite") {
      return (await inviting.run({ input: { organizationId, email, ...role } })) !== null;
    }
    if (action.kind === "add") {
      const { id: accountId } = action.person.account;
      return (await granting.run({ input: { organizationId, accountId, ...role } })) !== null;
    }
    return (await changing.run({ input: { roleId: action.role.id, ...role } })) !== null;
  };
  const { pending, problem } = { invite: inviting, add: granting, change: changing }[action.kind];
  return { run, pending, problem };
}
