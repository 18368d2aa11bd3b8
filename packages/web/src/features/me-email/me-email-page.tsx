import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { AccountTabs } from "../../shared/account-tabs.tsx";
import { callRecovery, type EmailState, type RecoveryProblem } from "../../shared/recovery/recovery-api.ts";
import { RecoveryNotice } from "../../shared/recovery/recovery-notice.tsx";
import { EmailText } from "../../ui/email-text.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ErrorState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { ChangeEmailForm } from "./change-email-form.tsx";

/** /me/email: the email somebody signs in with, the one that waits to be confirmed, and how to change it. */
export function MeEmailPage() {
  const [state, setState] = useState<EmailState | null>(null);
  const [failure, setFailure] = useState<RecoveryProblem | null>(null);
  const [looks, setLooks] = useState(0);
  useEffect(
    function look() {
      void callRecovery<EmailState>("/change-email").then((answer) => {
        setFailure(answer.problem);
        setState((shown) => answer.value ?? shown);
      });
    },
    [looks],
  );
  return (
    <>
      <PageHeader
        title="Your email"
        description="You sign in with it, and mail about your account goes there."
      />
      <AccountTabs />
      <PageStack>
        {failure !== null && (
          <ErrorState
            what="Your email could not be loaded"
            message={failure.message}
            requestId={failure.requestId}
            onRetry={() => setLooks(looks + 1)}
          />
        )}
        {state?.pending && <PendingChange pending={state.pending} onDropped={setState} />}
        <Panel title="Present email">
          {/* The height of the line stays while it is looked up. */}
          <FactList
            wide
            facts={[{ label: "Email", value: state ? <EmailText email={state.email} /> : " " }]}
          />
        </Panel>
        <Panel
          title="Change it"
          description="We send a link to the new email. Nothing changes until you open it there; the present email is told, and can stop it."
        >
          <ChangeEmailForm onAsked={setState} />
        </Panel>
      </PageStack>
    </>
  );
}

/** The address that waits, and how to keep the present one after all. */
function PendingChange(props: {
  pending: NonNullable<EmailState["pending"]>;
  onDropped: (state: EmailState) => void;
}) {
  const [isDropping, setDropping] = useState(false);
  const [problem, setProblem] = useState<RecoveryProblem | null>(null);
  const drop = async () => {
    setDropping(true);
    const answer = await callRecovery<EmailState>("/change-email/drop", {});
    setDropping(false);
    setProblem(answer.problem);
    if (answer.value !== null) {
      props.onDropped(answer.value);
    }
  };
  return (
    <>
      <RecoveryNotice problem={problem} />
      <Notice
        tone="info"
        live
        title={`${props.pending.newEmail} waits to be confirmed`}
        actions={
          <Button variant="default" size="compact-sm" loading={isDropping} onClick={() => void drop()}>
            Keep the present email
          </Button>
        }
      >
        Open the link in the mail that went there. It works until <TimeText value={props.pending.expiresAt} />
        ; look in the spam folder too, or ask again below.
      </Notice>
    </>
  );
}
