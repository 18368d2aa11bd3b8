import { Anchor, Button, Checkbox, Loader, TextInput } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { describeLock, getAuth } from "../../session/auth-client.ts";
import { sendCode } from "../../session/session.ts";
import { Notice } from "../../ui/notice.tsx";
import { SignInFrame } from "./sign-in-frame.tsx";
import classes from "./sign-in-page.module.css";
import { useEnter } from "./use-enter.ts";

const route = getRouteApi("/sign-in/two-step");

/** A sign-in between its two steps, as the server tells it. */
interface PendingSignIn {
  email: string;
  lockedUntil: string | null;
}

/** The second step: a code of the authenticator app, or a recovery code. */
export function TwoStepPage() {
  const [pending, setPending] = useState<PendingSignIn | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  useEffect(function findSignIn() {
    document.title = "Enter your code · Rehome";
    void getAuth<PendingSignIn>("/sign-in/two-step/state").then((answer) =>
      answer.ok ? setPending(answer.body) : setEnded(answer.message),
    );
  }, []);
  const lead = pending === null ? "The second step of signing in." : `Signing in as ${pending.email}`;
  return (
    <SignInFrame title="Enter your code" lead={lead}>
      {ended !== null && <SignInEnded message={ended} />}
      {ended === null && pending === null && <Loader className={classes.loader} aria-label="Loading" />}
      {ended === null && pending !== null && <CodeForm pending={pending} onEnded={setEnded} />}
    </SignInFrame>
  );
}

function CodeForm(props: { pending: PendingSignIn; onEnded: (message: string) => void }) {
  const { lockedUntil } = props.pending;
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState("");
  const [remember, setRemember] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(lockedUntil === null ? null : describeLock(lockedUntil));
  const field = useRef<HTMLInputElement>(null);
  const { to } = route.useSearch();
  const enter = useEnter(to);
  useEffect(function readyForTheCode() {
    field.current?.focus();
  }, []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() === "") {
      setProblem(isRecovery ? "Enter a recovery code." : "Enter the six digits your app shows.");
      field.current?.focus();
      return;
    }
    setBusy(true);
    const failure = await sendCode(code, remember);
    setBusy(false);
    if (failure === null) {
      await enter();
    } else if (failure.code === "SIGN_IN_RAN_OUT" || failure.code === "TWO_STEP_LOCKED") {
      props.onEnded(failure.message);
    } else {
      setProblem(failure.message);
      setCode("");
      field.current?.focus();
    }
  };
  const swap = () => {
    setRecovery(!isRecovery);
    setCode("");
    setProblem(null);
    field.current?.focus();
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      {problem !== null && <Notice tone="bad" live title={problem} />}
      <TextInput
        ref={field}
        label={isRecovery ? "Recovery code" : "Code"}
        description={
          isRecovery
            ? "One of the ten you kept; each works once."
            : "The six digits that your authenticator app shows for Rehome."
        }
        size="md"
        autoComplete="one-time-code"
        inputMode={isRecovery ? "text" : "numeric"}
        maxLength={isRecovery ? 40 : 10}
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        classNames={{ input: classes.code }}
      />
      <Checkbox
        label="Do not ask for a code on this browser for 30 days"
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      <Button type="submit" size="md" fullWidth loading={busy}>
        Sign in
      </Button>
      <div className={classes.others}>
        <Anchor component="button" type="button" onClick={swap}>
          {isRecovery ? "Use the authenticator app instead" : "Use a recovery code instead"}
        </Anchor>
        <Anchor component={Link} to="/sign-in">
          Start again
        </Anchor>
      </div>
    </form>
  );
}

function SignInEnded(props: { message: string }) {
  return (
    <div className={classes.form}>
      <Notice tone="warn" live title={props.message} />
      <Button component={Link} to="/sign-in" size="md" fullWidth>
        Back to sign-in
      </Button>
    </div>
  );
}
