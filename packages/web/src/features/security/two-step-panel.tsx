import { Button } from "@mantine/core";
import { useState } from "react";
import { postAuth } from "../../session/auth-client.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { gaveUp, type Guard } from "./guard.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import classes from "./security.module.css";
import { TurnOffDialog } from "./turn-off-dialog.tsx";
import { TwoStepSetUp, type AppKey } from "./two-step-set-up.tsx";
import type { Security } from "./use-security.ts";

/** Recovery codes left at which new ones are due. */
const fewCodes = 3;

/** Two-step sign-in: setting it up, new recovery codes, turning it off. */
export function TwoStepPanel(props: { security: Security; guard: Guard; look: () => Promise<void> }) {
  const { security, guard, look } = props;
  const [appKey, setAppKey] = useState<AppKey | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [isTurningOff, setTurningOff] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isOn = security.twoStep.since !== null;
  const run = async <Body,>(path: string, take: (body: Body) => void) => {
    setBusy(true);
    const answer = await guard(() => postAuth<Body>(path));
    setBusy(false);
    setProblem(answer.ok || answer.code === gaveUp ? null : answer.message);
    if (answer.ok) {
      take(answer.body);
    }
  };
  const renew = () =>
    run<{ recoveryCodes: string[] }>("/security/two-step/recovery-codes", (body) => {
      setCodes(body.recoveryCodes);
      void look();
    });
  return (
    <Panel
      title="Two-step sign-in"
      description="A code of an authenticator app on your phone, asked for after the password."
      actions={<StatusBadge tone={isOn ? "good" : "neutral"}>{isOn ? "On" : "Off"}</StatusBadge>}
    >
      <div className={classes.stack}>
        {problem !== null && <Notice tone="bad" live title={problem} />}
        {codes !== null && (
          <RecoveryCodes codes={codes} email={security.email} onDone={() => setCodes(null)} />
        )}
        {codes === null && !isOn && appKey === null && (
          <TwoStepOff busy={busy} onBegin={() => void run<AppKey>("/security/two-step/begin", setAppKey)} />
        )}
        {codes === null && !isOn && appKey !== null && (
          <TwoStepSetUp
            appKey={appKey}
            guard={guard}
            onCancel={() => setAppKey(null)}
            onDone={(made) => {
              setAppKey(null);
              setCodes(made);
              void look();
            }}
          />
        )}
        {codes === null && isOn && (
          <TwoStepOn
            security={security}
            busy={busy}
            onRenew={() => void renew()}
            onTurnOff={() => setTurningOff(true)}
          />
        )}
      </div>
      <TurnOffDialog
        key={String(isTurningOff)}
        opened={isTurningOff}
        onClose={() => setTurningOff(false)}
        onDone={() => {
          setTurningOff(false);
          void look();
        }}
      />
    </Panel>
  );
}

function TwoStepOff(props: { busy: boolean; onBegin: () => void }) {
  return (
    <>
      <p className={classes.lead}>
        With it, somebody who learns your password still does not get in. You need an authenticator app, such
        as the one your phone or password manager brings.
      </p>
      <div className={classes.buttons}>
        <Button loading={props.busy} onClick={props.onBegin}>
          Set up two-step sign-in
        </Button>
      </div>
    </>
  );
}

function TwoStepOn(props: { security: Security; busy: boolean; onRenew: () => void; onTurnOff: () => void }) {
  const { since, recoveryCodesLeft } = props.security.twoStep;
  return (
    <>
      {recoveryCodesLeft <= fewCodes && (
        <Notice
          tone="warn"
          title={recoveryCodesLeft === 0 ? "No recovery code is left" : "Few recovery codes are left"}
        >
          Without one you cannot get in when your phone is lost. Make new ones.
        </Notice>
      )}
      <FactList
        facts={[
          { label: "On since", value: since === null ? "" : <TimeText value={since} format="date" /> },
          { label: "Recovery codes left", value: `${recoveryCodesLeft} of 10` },
        ]}
      />
      <div className={classes.buttons}>
        <Button variant="default" loading={props.busy} onClick={props.onRenew}>
          New recovery codes
        </Button>
        <Button variant="default" onClick={props.onTurnOff}>
          Turn off
        </Button>
      </div>
    </>
  );
}
