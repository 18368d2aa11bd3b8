import { MultiSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { CreateServiceAccountDocument, type ServiceAccountCardFragment } from "./api-tokens.generated.ts";

/** Asks for name, purpose and role and makes the service account. */
export function NewServiceAccountDialog(props: {
  opened: boolean;
  sites: readonly { id: string; name: string }[];
  onClose: () => void;
  onMade: (account: ServiceAccountCardFragment) => void;
}) {
  const organization = useOrganization();
  const action = useAction(CreateServiceAccountDocument);
  const [name, setName] = useState("");
  const [purpose, setPurpose] = useState("");
  const [role, setRole] = useState<"SITES" | "ORGANIZATION">("SITES");
  const [siteIds, setSiteIds] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const nameProblem = name.trim() === "" ? "Give it a name." : null;
  const sitesProblem = role === "SITES" && siteIds.length === 0 ? "Choose a site." : null;
  const refusedField = action.problem?.field;
  const close = () => {
    setName("");
    setPurpose("");
    setRole("SITES");
    setSiteIds([]);
    setTried(false);
    action.clear();
    props.onClose();
  };
  const create = async () => {
    setTried(true);
    if (nameProblem ?? sitesProblem) {
      document.getElementById(nameProblem ? "service-account-name" : "service-account-sites")?.focus();
      return;
    }
    const done = await action.run({
      input: {
        organizationId: organization.id,
        name: name.trim(),
        purpose: purpose.trim(),
        siteIds: role === "SITES" ? siteIds : [],
      },
    });
    if (done) {
      close();
      props.onMade(done.serviceAccount);
    }
  };
  const errorOf = (field: string, problem: string | null) =>
    refusedField === field ? action.problem?.message : tried ? problem : null;
  return (
    <ConfirmDialog
      opened={props.opened}
      title="New service account"
      confirmLabel="Make the service account"
      pending={action.pending}
      onConfirm={() => void create()}
      onClose={close}
      error={
        <ActionNotice
          problem={refusedField === "name" || refusedField === "purpose" ? null : action.problem}
        />
      }
    >
      <TextInput
        id="service-account-name"
        label="Name"
        withAsterisk
        aria-required
        autoComplete="off"
        maxLength={100}
        data-autofocus
        value={name}
        error={errorOf("name", nameProblem)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="What it is for"
        description="Who finds it in a year should know whether it is still needed."
        autoComplete="off"
        maxLength={300}
        value={purpose}
        error={errorOf("purpose", null)}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <Radio.Group
        label="Role"
        value={role}
        onChange={(value) => setRole(value === "ORGANIZATION" ? "ORGANIZATION" : "SITES")}
      >
        <Stack gap={8} mt={6}>
          <Radio
            value="SITES"
            label="Site admin"
            description="Uploads, plans and runs on the sites you choose."
          />
          <Radio
            value="ORGANIZATION"
            label="Organization admin"
            description="Everything on every site, the audit log included."
          />
        </Stack>
      </Radio.Group>
      {role === "SITES" && (
        <MultiSelect
          id="service-account-sites"
          label="Sites"
          withAsterisk
          data={props.sites.map(({ id, name: label }) => ({ value: id, label }))}
          value={siteIds}
          error={tried ? sitesProblem : null}
          onChange={setSiteIds}
        />
      )}
    </ConfirmDialog>
  );
}
