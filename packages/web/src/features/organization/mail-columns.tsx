import { Button } from "@mantine/core";
import type { MailState } from "@rehome/schema";
import type { Column } from "../../ui/data-table.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { Tone } from "../../ui/tone.ts";
import type { MailFieldsFragment } from "./mail-panel.generated.ts";

const states: Record<MailState, { label: string; tone: Tone }> = {
  QUEUED: { label: "Waits", tone: "neutral" },
  SENDING: { label: "Being sent", tone: "info" },
  UNCERTAIN: { label: "Uncertain", tone: "warn" },
  SENT: { label: "Sent", tone: "good" },
  BOUNCED: { label: "Bounced", tone: "bad" },
  FAILED: { label: "Given up", tone: "bad" },
  HELD: { label: "Held", tone: "warn" },
  DISCARDED: { label: "Discarded", tone: "neutral" },
};

/** The columns of the mail list; problem and next step stand under the subject. */
export function mailColumns(settings: {
  pending: boolean;
  onRetry: (id: string) => void;
}): Column<MailFieldsFragment>[] {
  return [
    {
      id: "mail",
      header: "Mail",
      cell: (mail) => (
        <>
          <div>{mail.subject}</div>
          <div className="muted">{mail.to}</div>
          {mail.problem && <div>{mail.problem}</div>}
          {mail.nextStep && <div className="muted">{mail.nextStep}</div>}
        </>
      ),
    },
    {
      id: "state",
      header: "State",
      width: "130px",
      cell: ({ state }) => <StatusBadge tone={states[state].tone}>{states[state].label}</StatusBadge>,
    },
    {
      id: "when",
      header: "Since",
      width: "190px",
      hideBelow: "sm",
      cell: (mail) => <TimeText value={mail.settledAt ?? mail.createdAt} />,
    },
    {
      id: "actions",
      header: <span className="visually-hidden">Actions</span>,
      width: "90px",
      cell: (mail) =>
        mail.canRetry && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={settings.pending}
            aria-label={`Retry “${mail.subject}” to ${mail.to}`}
            onClick={() => settings.onRetry(mail.id)}
          >
            Retry
          </Button>
        ),
    },
  ];
}
