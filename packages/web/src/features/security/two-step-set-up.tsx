import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { postAuth } from "../../session/auth-client.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { gaveUp, type Guard } from "./guard.tsx";
import { QrCode } from "./qr-code.tsx";
import classes from "./security.module.css";

/** What an authenticator app needs: the key, and the same as an address for the picture. */
export interface AppKey {
  key: string;
  uri: string;
}

/** Both steps on one surface: the picture for the app, then the app's first code. */
export function TwoStepSetUp(props: {
  appKey: AppKey;
  guard: Guard;
  onCancel: () => void;
  onDone: (recoveryCodes: string[]) => void;
}) {
  const { key, uri } = props.appKey;
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(function readyForTheCode() {
    field.current?.focus({ preventScroll: true });
  }, []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() === "") {
      setProblem("Enter the six digits that the app shows.");
      field.current?.focus();
      return;
    }
    setBusy(true);
    const answer = await props.guard(() =>
      postAuth<{ recoveryCodes: string[] }>("/security/two-step/confirm", { code }),
    );
    setBusy(false);
    if (answer.ok) {
      props.onDone(answer.body.recoveryCodes);
    } else if (answer.code !== gaveUp) {
      setProblem(answer.message);
      field.current?.focus();
    }
  };
  return (
    <form className={classes.setUp} noValidate onSubmit={(event) => void submit(event)}>
      <QrCode value={uri} label="QR code for your authenticator app" />
      <ol className={classes.steps}>
        <li>
          <h3>Add Rehome to your app</h3>
          <p className="muted">Scan the picture with the app, or type this key into it:</p>
          <div className={classes.key}>
            <CopyText value={key.match(/.{1,4}/g)?.join(" ") ?? key} label="Copy the key" />
          </div>
        </li>
        <li>
          <h3>Enter the code that it shows</h3>
          <TextInput
            ref={field}
            label="Code"
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={10}
            value={code}
            error={problem}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <div className={classes.buttons}>
            <Button type="submit" loading={busy}>
              Turn on
            </Button>
            <Button variant="default" onClick={props.onCancel}>
              Cancel
            </Button>
          </div>
        </li>
      </ol>
    </form>
  );
}
