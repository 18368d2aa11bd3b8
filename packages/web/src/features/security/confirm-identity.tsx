import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useState } from "react";
import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { postAuth, type AuthAnswer } from "../../session/auth-client.ts";
import { isPasskeyPlace, signWithPasskey } from "../../session/passkeys.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { Security } from "./use-security.ts";

/** Asks who sits there, before something is changed that guards the account. */
export function ConfirmIdentity(props: {
  opened: boolean;
  security: Security | null;
  onConfirmed: () => void;
  onClose: () => void;
}) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { security } = props;
  const asksCode = security !== null && security.twoStep.since !== null;
  const canUsePasskey =
    security !== null && security.passkeys.length > 0 && isPasskeyPlace(security.passkeyOrigin);
  const send = async (ask: () => Promise<AuthAnswer<unknown>>) => {
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setProblem(answer.ok ? null : answer.message);
    if (answer.ok) {
      props.onConfirmed();
    }
  };
  return (
    <ConfirmDialog
      opened={props.opened}
      title="Confirm that it is you"
      confirmLabel="Confirm"
      pending={busy}
      disabled={password === "" || (asksCode && code.trim() === "")}
      onConfirm={() =>
        void send(() => postAuth("/security/confirm", { password, ...(asksCode ? { code } : {}) }))
      }
      onClose={props.onClose}
      error={problem !== null && <Notice tone="bad" live title={problem} />}
    >
      <p>This changes how you sign in, so we ask again. It holds for ten minutes.</p>
      {security?.hasPassword !== false && (
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
      {asksCode && (
        <TextInput
          label="Code"
          description="Of your authenticator app, or a recovery code."
          autoComplete="one-time-code"
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      {canUsePasskey && (
        <Button
          variant="default"
          leftSection={<IconFingerprint size={16} aria-hidden />}
          onClick={() => void send(confirmWithPasskey)}
        >
          Use a passkey instead
        </Button>
      )}
    </ConfirmDialog>
  );
}

async function confirmWithPasskey(): Promise<AuthAnswer<unknown>> {
  const asked = await postAuth<PublicKeyCredentialRequestOptionsJSON>("/security/confirm/passkey-options");
  if (!asked.ok) {
    return asked;
  }
  const signed = await signWithPasskey(asked.body);
  return signed.ok ? postAuth("/security/confirm/passkey", { response: signed.body }) : signed;
}
