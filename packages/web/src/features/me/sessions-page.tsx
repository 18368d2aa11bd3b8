import { Button } from "@mantine/core";
import { useState } from "react";
import { postAuth } from "../../session/auth-client.ts";
import { AccountTabs } from "../../shared/account-tabs.tsx";
import { describeBrowser } from "../../shared/describe-browser.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ErrorState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { useSessions, type ListedSession } from "./use-sessions.ts";
import classes from "./me.module.css";

/** /me/sessions: every browser the viewer is signed in with, and ending one or all others. */
export function SessionsPage() {
  const { sessions, thisId, problem, look } = useSessions();
  const [isEndingOthers, setEndingOthers] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const end = async (path: string, body: object) => {
    setPending(true);
    const answer = await postAuth(path, body);
    setRefusal(answer.ok ? null : answer.message);
    await look();
    setPending(false);
    setEndingOthers(false);
  };
  const others = sessions?.filter(({ id }) => id !== thisId).length ?? 0;
  return (
    <>
      <PageHeader
        title="Sessions"
        description="Where you are signed in. Each ends by itself seven days after the sign-in."
      />
      <AccountTabs />
      <PageStack>
        {sessions === null && problem !== null && (
          <ErrorState
            what="Your sessions could not be loaded"
            message={problem.message}
            onRetry={() => void look()}
          />
        )}
        {refusal !== null && <Notice tone="bad" live title={refusal} />}
        {(sessions !== null || problem === null) && (
          <Panel
            title="Signed in"
            actions={
              others > 0 && (
                <Button variant="default" onClick={() => setEndingOthers(true)}>
                  End all others…
                </Button>
              )
            }
            flush
          >
            <DataTable
              caption="Sessions"
              columns={sessionColumns(
                thisId,
                (session) => void end("/revoke-session", { token: session.token }),
              )}
              rows={sessions ?? undefined}
              rowKey={(session) => session.id}
              busy={pending}
            />
          </Panel>
        )}
      </PageStack>
      <ConfirmDialog
        opened={isEndingOthers}
        title="End all other sessions?"
        confirmLabel="End them"
        danger
        pending={pending}
        onConfirm={() => void end("/revoke-other-sessions", {})}
        onClose={() => setEndingOthers(false)}
      >
        <p>
          Every other browser is signed out within seconds, and remembered browsers are asked for a code
          again. API tokens keep working. If you do not know one of these sessions, change your password as
          well.
        </p>
      </ConfirmDialog>
    </>
  );
}

function sessionColumns(
  thisId: string | null,
  onEnd: (session: ListedSession) => void,
): Column<ListedSession>[] {
  return [
    {
      id: "browser",
      header: "Browser",
      cell: (session) => (
        <div className={classes.browser}>
          {describeBrowser(session.userAgent ?? "")}
          {session.id === thisId && <span className="muted">This one</span>}
        </div>
      ),
    },
    {
      id: "address",
      header: "Address",
      hideBelow: "sm",
      cell: (session) => session.ipAddress || <span className="muted">Unknown</span>,
    },
    {
      id: "since",
      header: "Signed in",
      cell: (session) => <TimeText value={session.createdAt} format="relative" />,
    },
    {
      id: "until",
      header: "Ends",
      hideBelow: "sm",
      cell: (session) => <TimeText value={session.expiresAt} format="date" />,
    },
    {
      id: "actions",
      header: <span className="visually-hidden">Actions</span>,
      actions: true,
      cell: (session) =>
        session.id !== thisId && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`End the session of ${describeBrowser(session.userAgent ?? "")}`}
            onClick={() => onEnd(session)}
          >
            End
          </Button>
        ),
    },
  ];
}
