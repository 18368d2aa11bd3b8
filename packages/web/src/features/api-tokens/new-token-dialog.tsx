import { Radio, Select, Stack, TextInput } from "@mantine/core";
import type { ApiTokenScope } from "@rehome/schema";
import { useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useViewer } from "../../shared/viewer.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { CreateApiTokenDocument, CreateServiceTokenDocument } from "./api-tokens.generated.ts";
import type { NewToken } from "./new-token-notice.tsx";
import { scopeWords } from "./scope-words.ts";

const lifetimes = [7, 30, 90, 180, 365].map((days) => ({
  value: String(days),
  label: days === 365 ? "1 year" : `${days} days`,
}));
const everywhere = "everywhere";

/** Asks for name, scope and expiry and makes the token: the viewer's own, or one of a service account. */
export function NewTokenDialog(props: {
  opened: boolean;
  serviceAccount?: { id: string; name: string } | null;
  onClose: () => void;
  onMade: (token: NewToken) => void;
}) {
  const { organizations } = useViewer();
  const { serviceAccount } = props;
  const ownAction = useAction(CreateApiTokenDocument);
  const serviceAction = useAction(CreateServiceTokenDocument);
  const action = serviceAccount ? serviceAction : ownAction;
  const [name, setName] = useState("");
  const [scope, setScope] = useState<ApiTokenScope>("READ");
  const [days, setDays] = useState("90");
  const [organizationId, setOrganizationId] = useState(everywhere);
  const [tried, setTried] = useState(false);
  const close = () => {
    setName("");
    setTried(false);
    action.clear();
    props.onClose();
  };
  const create = async () => {
    setTried(true);
    if (name.trim() === "") {
      document.getElementById("new-token-name")?.focus();
      return;
    }
    const limit = organizationId === everywhere ? null : organizationId;
    const wish = { name: name.trim(), scope, days: Number(days) };
    const done = serviceAccount
      ? await serviceAction.run({ input: { ...wish, serviceAccountId: serviceAccount.id } })
      : await ownAction.run({ input: { ...wish, organizationId: limit } });
    if (done) {
      const { id } = done.token;
      close();
      props.onMade({ id, name: done.token.name, secret: done.secret ?? "" });
    }
  };
  const nameProblem = tried && name.trim() === "" ? "Say what the token is for." : null;
  const refused = action.problem?.field === "name" ? action.problem.message : null;
  return (
    <ConfirmDialog
      opened={props.opened}
      title={serviceAccount ? `New API token of ${serviceAccount.name}` : "New API token"}
      confirmLabel="Make the token"
      pending={action.pending}
      onConfirm={() => void create()}
      onClose={close}
      error={<ActionNotice problem={refused === null ? action.problem : null} />}
    >
      <TextInput
        id="new-token-name"
        label="Name"
        description="What it is for, such as “nightly import”."
        withAsterisk
        aria-required
        autoComplete="off"
        maxLength={100}
        data-autofocus
        value={name}
        error={nameProblem ?? refused}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        label="Scope"
        value={scope}
        onChange={(value) => setScope(value === "MIGRATE" ? "MIGRATE" : "READ")}
      >
        <Stack gap={8} mt={6}>
          {(["READ", "MIGRATE"] as const).map((value) => (
            <Radio
              key={value}
              value={value}
              label={scopeWords[value].label}
              description={scopeWords[value].description}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label="Expires after"
        data={lifetimes}
        value={days}
        allowDeselect={false}
        onChange={(value) => setDays(value ?? "90")}
      />
      {!serviceAccount && organizations.length > 1 && (
        <Select
          label="Where"
          data={[
            { value: everywhere, label: "Every organization of yours" },
            ...organizations.map(({ id, name: label }) => ({ value: id, label })),
          ]}
          value={organizationId}
          allowDeselect={false}
          onChange={(value) => setOrganizationId(value ?? everywhere)}
        />
      )}
    </ConfirmDialog>
  );
}
