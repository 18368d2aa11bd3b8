import { PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { postAuth } from "../../session/auth-client.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Asks for password and code before the second step goes. */
export function TurnOffDialog(props: { opened: boolean; onClose: () => void; onDone: () => void }) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const turnOff = async () => {
    setBusy(true);
    const answer = await postAuth("/security/two-step/turn-off", { password, code });
    setBusy(false);
    setProblem(answer.ok ? null : answer.message);
    if (answer.ok) {
      props.onDone();
    }
  };
  return (
    <ConfirmDialog
      opened={props.opened}
      title="Turn two-step sign-in off?"
      confirmLabel="Turn off"
      danger
      pending={busy}
      disabled={password === "" || code.trim() === ""}
      onConfirm={() => void turnOff()}
      onClose={props.onClose}
      error={problem !== null && <Notice tone="bad" live title={problem} />}
    >
      <p>
        Your password alone lets you in from then on. Recovery codes and remembered browsers are forgotten.
      </p>
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <TextInput
        label="Code"
        description="Of your authenticator app, or a recovery code."
        autoComplete="one-time-code"
        maxLength={40}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
