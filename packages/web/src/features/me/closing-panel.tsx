import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { QueryView } from "../../shared/query-view.tsx";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { Notice } from "../../ui/notice.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { Tone } from "../../ui/tone.ts";
import {
  MyClosingDocument,
  WithdrawAccountClosingDocument,
  type MyClosingQuery,
  type OwnClosingFragment,
} from "./closing.generated.ts";
import { OperatorDecides } from "./operator-decides.tsx";
import classes from "./me.module.css";

type Outlook = NonNullable<MyClosingQuery["viewer"]["closingOutlook"]>;
type Decision = OwnClosingFragment["decisions"][number];

// Hardly anybody closes their account.
const CloseAccountDialog = lazy(async () => ({
  default: (await import("./close-account-dialog.tsx")).CloseAccountDialog,
}));

/** Asking for one's account to be closed: what that means, who decides, and how it stands. */
export function ClosingPanel() {
  const query = useQuery(MyClosingDocument, { fetchPolicy: "cache-and-network" });
  const look = () => void query.refetch().catch(() => undefined);
  return (
    <Panel title="Closing your account" description="You ask, an admin decides.">
      <QueryView query={query} what="the closing of your account" skeleton={<SkeletonBlock height={120} />}>
        {({ viewer: { closing, closingOutlook } }) =>
          closing?.state === "PENDING" ? (
            <Pending closing={closing} onWithdrawn={look} />
          ) : (
            closingOutlook && <Ask closing={closing} outlook={closingOutlook} onAsked={look} />
          )
        }
      </QueryView>
    </Panel>
  );
}

function Ask(props: { closing: OwnClosingFragment | null; outlook: Outlook; onAsked: () => void }) {
  const { closing, outlook } = props;
  const [isAsking, setAsking] = useState(false);
  const declined = closing?.decisions.find(({ state }) => state === "DECLINED");
  return (
    <div className={classes.stack}>
      {closing?.state === "DECLINED" && (
        <Notice
          tone="warn"
          title={`${declined?.organizationName ?? "Whoever runs this server"} did not agree`}
        >
          {declined?.decisionReason && <>Their words: {declined.decisionReason} </>}
          Your account stays. You may ask again.
        </Notice>
      )}
      <Meaning />
      {outlook.handOver.length > 0 ? (
        <Notice tone="warn" title="Something has to be handed over first">
          <ul className={classes.list}>
            {outlook.handOver.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <div>
          <Button variant="default" onClick={() => setAsking(true)}>
            Ask to close my account…
          </Button>
        </div>
      )}
      {isAsking && (
        <Suspense fallback={null}>
          <CloseAccountDialog
            outlook={outlook}
            onClose={() => setAsking(false)}
            onAsked={() => {
              setAsking(false);
              props.onAsked();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** What goes and what stays. */
function Meaning() {
  return (
    <ul className={classes.list}>
      <li>
        You are signed out everywhere. Your password, passkeys and API tokens stop working, and your roles,
        groups and access to sites end.
      </li>
      <li>Requests you raised and their history stay readable to the desks they went to, with your name.</li>
      <li>It is final for you: only an admin can open the account again, and it comes back empty.</li>
    </ul>
  );
}

const stateWords: Record<Decision["state"], { label: string; tone: Tone }> = {
  PENDING: { label: "Asked", tone: "info" },
  APPROVED: { label: "Agreed", tone: "good" },
  DECLINED: { label: "Declined", tone: "warn" },
  DROPPED: { label: "Not needed", tone: "neutral" },
};

function Pending(props: { closing: OwnClosingFragment; onWithdrawn: () => void }) {
  const { closing } = props;
  const action = useAction(WithdrawAccountClosingDocument);
  const withdraw = async () => {
    if (await action.run({ input: { closingId: closing.id } })) {
      props.onWithdrawn();
    }
  };
  return (
    <div className={classes.stack}>
      <ActionNotice problem={action.problem} />
      <Notice
        tone="info"
        live
        title="You asked for your account to be closed"
        actions={
          <Button
            size="compact-sm"
            variant="default"
            loading={action.pending}
            onClick={() => void withdraw()}
          >
            Keep my account
          </Button>
        }
      >
        Asked <TimeText value={closing.askedAt} />. {closing.decisions.length === 0 && <OperatorDecides />}
      </Notice>
      {closing.decisions.length > 0 && (
        <ul className={classes.decisions}>
          {closing.decisions.map((decision) => (
            <li key={decision.organizationName}>
              <strong>{decision.organizationName}</strong>{" "}
              <StatusBadge tone={stateWords[decision.state].tone}>
                {stateWords[decision.state].label}
              </StatusBadge>
              <div className="muted">
                {decision.state === "PENDING" && `Can decide: ${listNames(decision.deciders)}`}
                {decision.state === "APPROVED" && "You have no role and no access there any more."}
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
