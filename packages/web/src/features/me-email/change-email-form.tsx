import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useRef, useState, type FormEvent } from "react";
import { callRecovery, type EmailState, type RecoveryProblem } from "../../shared/recovery/recovery-api.ts";
import { RecoveryNotice } from "../../shared/recovery/recovery-notice.tsx";

/** Asks for the new email and the password; for a code as well once the server wants one. */
export function ChangeEmailForm(props: { onAsked: (state: EmailState) => void }) {
  const [newEmail, setNewEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<RecoveryProblem | null>(null);
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const codeInput = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setProblem(null);
    const answer = await callRecovery<EmailState>("/change-email", {
      newEmail: newEmail.trim(),
      password,
      code: code.trim() === "" ? null : code.trim(),
    });
    setPending(false);
    setProblem(answer.problem);
    if (answer.problem !== null) {
      setNeedsCode((asked) => asked || answer.problem.field === "code");
      const wrong = { newEmail: emailInput, password: passwordInput, code: codeInput }[
        answer.problem.field ?? ""
      ];
      wrong?.current?.focus();
      return;
    }
    setNewEmail("");
    setPassword("");
    setCode("");
    setNeedsCode(false);
    props.onAsked(answer.value);
  };
  const isManaged = problem?.code === "MANAGED";
  const wordsAt = (field: string) => (problem?.field === field && !isManaged ? problem.message : null);
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap={16} maw={420}>
        <RecoveryNotice problem={problem} fields={isManaged ? [] : ["newEmail", "password", "code"]} />
        <TextInput
          label="New email"
          type="email"
          autoComplete="email"
          ref={emailInput}
          value={newEmail}
          error={wordsAt("newEmail")}
          onChange={(event) => setNewEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Your password"
          description="So that nobody at an open session can do this."
          autoComplete="current-password"
          ref={passwordInput}
          value={password}
          error={wordsAt("password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {needsCode && (
          <TextInput
            label="Code of your authenticator app"
            autoComplete="one-time-code"
            inputMode="numeric"
            ref={codeInput}
            value={code}
            error={wordsAt("code")}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <div>
          <Button type="submit" loading={pending}>
            Send the link
          </Button>
        </div>
      </Stack>
    </form>
  );
}
