import { TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { CreateSiteDocument } from "./organization.generated.ts";

/** Makes a new site of the organization; opens it when done. */
export function NewSiteDialog(props: { opened: boolean; onClose: () => void }) {
  const organization = useOrganization();
  const navigate = useNavigate();
  const action = useAction(CreateSiteDocument);
  const [name, setName] = useState("");
  const [urlName, setUrlName] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const shownUrlName = urlName ?? proposeUrlName(name);
  const nameProblem = name.trim() === "" ? "Give the site a name." : null;
  const urlProblem = describeUrlName(shownUrlName);
  const refusedField = action.problem?.field;
  const close = () => {
    setName("");
    setUrlName(null);
    setTried(false);
    action.clear();
    props.onClose();
  };
  const create = async () => {
    setTried(true);
    if (nameProblem ?? urlProblem) {
      document.getElementById(nameProblem ? "new-site-name" : "new-site-url-name")?.focus();
      return;
    }
    const input = { organizationId: organization.id, name: name.trim(), urlName: shownUrlName };
    const done = await action.run({ input });
    if (done) {
      close();
      await navigate({ to: "/organization/sites/$id", params: { id: done.site.id } });
    }
  };
  const errorOf = (field: string, problem: string | null) =>
    refusedField === field ? action.problem?.message : tried ? problem : null;
  return (
    <ConfirmDialog
      opened={props.opened}
      title="New site"
      confirmLabel="Make the site"
      pending={action.pending}
      onConfirm={() => void create()}
      onClose={close}
      error={
        <ActionNotice
          problem={refusedField === "name" || refusedField === "urlName" ? null : action.problem}
        />
      }
    >
      <TextInput
        id="new-site-name"
        label="Name"
        withAsterisk
        aria-required
        autoComplete="off"
        data-autofocus
        value={name}
        error={errorOf("name", nameProblem)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        id="new-site-url-name"
        label="Name in the URL"
        description="Lower-case letters, digits and hyphens. It cannot be changed later."
        withAsterisk
        aria-required
        autoComplete="off"
        spellCheck={false}
        value={shownUrlName}
        error={errorOf("urlName", urlProblem)}
        onChange={(event) => setUrlName(event.currentTarget.value.toLowerCase())}
      />
    </ConfirmDialog>
  );
}

/** "Acme Help Center" proposes "acme-help-center". */
function proposeUrlName(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 63);
}

function describeUrlName(urlName: string): string | null {
  if (urlName === "") {
    return "Give the site a name in the URL.";
  }
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(urlName)
    ? null
    : "Use lower-case letters, digits and hyphens, at most 63, not starting or ending with a hyphen.";
}
