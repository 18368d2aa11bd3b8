import { TextInput } from "@mantine/core";
import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { useState, type ReactNode } from "react";
import { postAuth, type AuthAnswer } from "../../session/auth-client.ts";
import { makePasskey } from "../../session/passkeys.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { describeBrowser } from "../../shared/describe-browser.ts";
import { gaveUp, type Guard } from "./guard.tsx";
import type { Passkey } from "./use-security.ts";

/** One request of a dialog: whether it runs, and why it failed. */
function useRequest(onDone: () => void): {
  busy: boolean;
  problem: ReactNode;
  send: (ask: () => Promise<AuthAnswer<unknown>>) => Promise<void>;
} {
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const send = async (ask: () => Promise<AuthAnswer<unknown>>) => {
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setMessage(answer.ok || answer.code === gaveUp ? null : answer.message);
    if (answer.ok) {
      onDone();
    }
  };
  return { busy, problem: message !== null && <Notice tone="bad" live title={message} />, send };
}

/** Asks for a name and has the device make a passkey. */
export function AddPasskeyDialog(props: {
  opened: boolean;
  guard: Guard;
  onClose: () => void;
  onDone: () => void;
}) {
  const [name, setName] = useState(() => describeBrowser(navigator.userAgent));
  const { busy, problem, send } = useRequest(props.onDone);
  return (
    <ConfirmDialog
      opened={props.opened}
      title="Add a passkey"
      confirmLabel="Continue"
      pending={busy}
      disabled={name.trim() === ""}
      onConfirm={() => void send(() => addPasskey(props.guard, name.trim()))}
      onClose={props.onClose}
      error={problem}
    >
      <p>Your device asks for your fingerprint, face or PIN, then keeps the passkey.</p>
      <NameField name={name} onChange={setName} />
    </ConfirmDialog>
  );
}

async function addPasskey(guard: Guard, name: string): Promise<AuthAnswer<unknown>> {
  const asked = await guard(() =>
    postAuth<PublicKeyCredentialCreationOptionsJSON>("/security/passkeys/options"),
  );
  if (!asked.ok) {
    return asked;
  }
  const made = await makePasskey(asked.body);
  return made.ok ? postAuth("/security/passkeys/add", { name, response: made.body }) : made;
}

/** Gives a passkey another name; open while there is one. */
export function RenamePasskeyDialog(props: {
  passkey: Passkey | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const { passkey } = props;
  const [name, setName] = useState(passkey?.name ?? "");
  const { busy, problem, send } = useRequest(props.onDone);
  return (
    <ConfirmDialog
      opened={passkey !== null}
      title="Rename the passkey"
      confirmLabel="Rename"
      pending={busy}
      disabled={name.trim() === ""}
      onConfirm={() =>
        void send(() => postAuth("/security/passkeys/rename", { id: passkey?.id, name: name.trim() }))
      }
      onClose={props.onClose}
      error={problem}
    >
      <NameField name={name} onChange={setName} />
    </ConfirmDialog>
  );
}

/** Asks before a passkey ends for good; open while there is one. */
export function RemovePasskeyDialog(props: {
  passkey: Passkey | null;
  guard: Guard;
  onClose: () => void;
  onDone: () => void;
}) {
  const { passkey, guard } = props;
  const { busy, problem, send } = useRequest(props.onDone);
  return (
    <ConfirmDialog
      opened={passkey !== null}
      title={`Remove ${passkey?.name ?? ""}?`}
      confirmLabel="Remove"
      danger
      pending={busy}
      onConfirm={() =>
        void send(() => guard(() => postAuth("/security/passkeys/remove", { id: passkey?.id })))
      }
      onClose={props.onClose}
      error={problem}
    >
      <p>It no longer signs you in. Your device may go on showing it until you delete it there as well.</p>
    </ConfirmDialog>
  );
}

function NameField(props: { name: string; onChange: (name: string) => void }) {
  return (
    <TextInput
      label="Name"
      description="By which you know it again."
      maxLength={100}
      autoComplete="off"
      data-autofocus
      value={props.name}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
