import { Button, PasswordInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { postAuth } from "../../session/auth-client.ts";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import classes from "./security.module.css";
import type { Security } from "./use-security.ts";

const leastAlone = 15;
const leastWithTwoStep = 8;
const refusedPasswords = new Set([
  "PASSWORD_TOO_SHORT",
  "PASSWORD_TOO_LONG",
  "PASSWORD_COMMON",
  "PASSWORD_GUESSABLE",
]);

/** Which field a sentence belongs to; null: the form. */
interface FieldProblem {
  field: "current" | "new" | null;
  message: string;
}

/** Changing the password. */
export function PasswordPanel(props: { security: Security; look: () => Promise<void> }) {
  const { hasPassword, twoStep } = props.security;
  const least = twoStep.since === null ? leastAlone : leastWithTwoStep;
  return (
    <Panel title="Password" description={describeLength(least)}>
      {hasPassword ? (
        <PasswordForm email={props.security.email} least={least} look={props.look} />
      ) : (
        <p className="muted">You have no password: you sign in with a passkey.</p>
      )}
    </Panel>
  );
}

function PasswordForm(props: { email: string; least: number; look: () => Promise<void> }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FieldProblem | null>(null);
  const [done, setDone] = useState(false);
  const length = [...next].length;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setDone(false);
    if (current === "" || next === "") {
      const field = current === "" ? "current" : "new";
      setProblem({ field, message: current === "" ? "Enter your password." : "Enter a new password." });
      document.getElementById(`${field}-password`)?.focus();
      return;
    }
    setBusy(true);
    const body = { currentPassword: current, newPassword: next };
    const answer = await postAuth("/change-password", body);
    setBusy(false);
    if (!answer.ok) {
      const field = fieldOf(answer.code);
      setProblem({ field, message: answer.message });
      document.getElementById(field === "current" ? "current-password" : "new-password")?.focus();
      return;
    }
    setProblem(null);
    setCurrent("");
    setNext("");
    setDone(true);
    await props.look();
  };
  return (
    <form className={classes.narrow} noValidate onSubmit={(event) => void submit(event)}>
      {done && (
        <Notice tone="good" live title="Your password is changed">
          Every other session has ended, and every remembered browser asks for a code again.
        </Notice>
      )}
      {problem?.field === null && <Notice tone="bad" live title={problem.message} />}
      {/* Password managers look for the address that a password belongs to. */}
      <input type="text" hidden name="username" autoComplete="username" value={props.email} readOnly />
      <PasswordInput
        id="current-password"
        label="Current password"
        autoComplete="current-password"
        value={current}
        error={problem?.field === "current" && problem.message}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordInput
        id="new-password"
        label="New password"
        autoComplete="new-password"
        value={next}
        error={problem?.field === "new" && problem.message}
        description={
          length === 0
            ? `At least ${props.least} characters, of any kind`
            : `${length} of at least ${props.least} characters`
        }
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit" loading={busy}>
          Change the password
        </Button>
      </div>
    </form>
  );
}

function fieldOf(code: string): FieldProblem["field"] {
  if (code === "WRONG_PASSWORD") {
    return "current";
  }
  return refusedPasswords.has(code) ? "new" : null;
}

function describeLength(least: number): string {
  return least === leastAlone
    ? `At least ${leastAlone} characters; ${leastWithTwoStep} while two-step sign-in is on. Several words in a row are easy to remember.`
    : `At least ${leastWithTwoStep} characters while two-step sign-in is on.`;
}
