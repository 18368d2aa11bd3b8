import { PasswordInput, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { callRecovery, type RecoveryProblem } from "../../shared/recovery/recovery-api.ts";
import { RecoveryNotice } from "../../shared/recovery/recovery-notice.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { OperatorDecides } from "./operator-decides.tsx";

const fields = ["password", "code", "reason"] as const;

/** Asks for the password, and for a code once the server wants one; then the request goes to who decides. */
export function CloseAccountDialog(props: {
  outlook: { organizations: string[]; deciders: string[] };
  onClose: () => void;
  onAsked: () => void;
}) {
  const { deciders, organizations } = props.outlook;
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [reason, setReason] = useState("");
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<RecoveryProblem | null>(null);
  const ask = async () => {
    setPending(true);
    const answer = await callRecovery("/close-account", {
      password,
      code: code.trim() === "" ? null : code.trim(),
      reason: reason.trim(),
    });
    setPending(false);
    setProblem(answer.problem);
    if (answer.problem === null) {
      props.onAsked();
      return;
    }
    const { field } = answer.problem;
    setNeedsCode((asked) => asked || field === "code");
    // The field for the code is there only after this.
    requestAnimationFrame(() => document.getElementById(`close-account-${field ?? ""}`)?.focus());
  };
  const wordsAt = (field: string) => (problem?.field === field ? problem.message : null);
  return (
    <ConfirmDialog
      opened
      title="Ask to close your account?"
      confirmLabel="Send the request"
      danger
      pending={pending}
      onConfirm={() => void ask()}
      onClose={props.onClose}
      error={<RecoveryNotice problem={problem} fields={fields} />}
    >
      {organizations.length === 0 ? (
        <p>
          <OperatorDecides />
        </p>
      ) : (
        <p>
          {listNames(organizations)} {organizations.length === 1 ? "is" : "are"} asked
          {organizations.length > 1 &&
            "; each removes you when it agrees, and the account closes with the last"}
          . Can decide: {listNames(deciders)}. You can take it back until then.
        </p>
      )}
      <Stack gap={12}>
        <PasswordInput
          id="close-account-password"
          label="Your password"
          description="So that nobody at an open session can do this."
          autoComplete="current-password"
          data-autofocus
          value={password}
          error={wordsAt("password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {needsCode && (
          <TextInput
            id="close-account-code"
            label="Code of your authenticator app"
            autoComplete="one-time-code"
            inputMode="numeric"
            value={code}
            error={wordsAt("code")}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <Textarea
          id="close-account-reason"
          label="Reason"
          description="Whoever decides reads it. May be empty."
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          error={wordsAt("reason")}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
