import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { IconMail, IconMailOff } from "@tabler/icons-react";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState, ErrorState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { MailPreview } from "./mail-preview.tsx";
import type { ListedMail } from "./outbox-api.ts";
import classes from "./outbox.module.css";
import { useOutbox, type OutboxList } from "./use-outbox.ts";

const route = getRouteApi("/outbox");

/** States in the words of a server that sends nothing. */
const stateWords: Record<string, string> = {
  QUEUED: "Would have been sent",
  HELD: "Would have been sent",
  UNCERTAIN: "Would have been sent",
  SENDING: "Being sent",
  SENT: "Sent",
  BOUNCED: "Bounced",
  FAILED: "Failed",
  DISCARDED: "Discarded",
};

/** The mail a development server would have sent, for whoever works on this machine. */
export function OutboxPage() {
  const outbox = useOutbox();
  return (
    <main id="main" className={classes.page}>
      <PageHeader
        title="Outbox"
        description="Mail this development server would have sent. It is shown on this machine only, and nothing is sent while there is no SMTP_URL."
        actions={
          <Link to="/" className={classes.back}>
            Back to Rehome
          </Link>
        }
      />
      <OutboxBody outbox={outbox} />
    </main>
  );
}

function OutboxBody(props: { outbox: OutboxList }) {
  const { mails, failure, unavailable, retry } = props.outbox;
  if (unavailable) {
    return (
      <Panel>
        <EmptyState title="There is no outbox to read here" icon={<IconMailOff size={22} aria-hidden />}>
          It is served in development only: on this machine, on the server’s own database, without a mail
          server. Organization admins see how their mail stands on the organization’s page.
        </EmptyState>
      </Panel>
    );
  }
  if (mails === undefined) {
    return (
      <Panel>
        {failure === null ? (
          <SkeletonBlock height={320} />
        ) : (
          <ErrorState what="The outbox could not be loaded" message={failure} onRetry={retry} />
        )}
      </Panel>
    );
  }
  return mails.length === 0 ? (
    <Panel>
      <EmptyState title="No mail yet" icon={<IconMail size={22} aria-hidden />}>
        What the product mails appears here at once.
      </EmptyState>
    </Panel>
  ) : (
    <OutboxMails outbox={props.outbox} mails={mails} />
  );
}

function OutboxMails(props: { outbox: OutboxList; mails: ListedMail[] }) {
  const { mails, outbox } = props;
  const { mail: chosen } = route.useSearch();
  const open = mails.find(({ id }) => id === chosen) ?? mails[0];
  return (
    <div className={classes.columns}>
      <PageStack>
        <Panel flush>
          <ul className={classes.list} aria-label="Mail, newest first">
            {mails.map((mail) => (
              <li key={mail.id}>
                <Link
                  to="/outbox"
                  search={{ mail: mail.id }}
                  className={classes.mail}
                  aria-current={mail.id === open?.id || undefined}
                  resetScroll={false}
                >
                  <span className={classes.subject}>{mail.subject}</span>
                  <span className={classes.to}>{mail.to}</span>
                  <span className={classes.facts}>
                    {stateWords[mail.state] ?? mail.state} · {mail.purpose}
                  </span>
                </Link>
                <span className={classes.when}>
                  <TimeText value={mail.createdAt} format="relative" />
                </span>
              </li>
            ))}
          </ul>
        </Panel>
        {outbox.hasMore && (
          <Button variant="default" onClick={outbox.more}>
            Show older mail
          </Button>
        )}
      </PageStack>
      {open && <MailPreview key={open.id} mail={open} />}
    </div>
  );
}
