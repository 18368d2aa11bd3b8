import { useState } from "react";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { ToggleGroup } from "../../ui/toggle-group.tsx";
import type { ListedMail } from "./outbox-api.ts";
import classes from "./outbox.module.css";
import { useMailBody } from "./use-outbox.ts";

const parts = [
  { value: "html", label: "HTML" },
  { value: "text", label: "Text" },
] as const;

/** One mail as its receiver would see it, in either part. Links open in a tab of their own; no script of it runs. */
export function MailPreview(props: { mail: ListedMail }) {
  const { mail } = props;
  const [part, setPart] = useState<"html" | "text">("html");
  const body = useMailBody(mail.id);
  return (
    <Panel
      title={mail.subject}
      description={
        <>
          To {mail.to}, <TimeText value={mail.createdAt} />
        </>
      }
      actions={<ToggleGroup label="Part of the mail" value={part} options={parts} onChange={setPart} />}
    >
      {body === undefined && <SkeletonBlock height={420} />}
      {body === null && (
        <EmptyState title="What it said is not kept">
          Mail that was sent or discarded keeps no text.
        </EmptyState>
      )}
      {body && part === "html" && (
        <iframe
          className={classes.frame}
          title={`HTML part of “${mail.subject}”`}
          srcDoc={body.html}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
        />
      )}
      {body && part === "text" && <MailText text={body.text} />}
    </Panel>
  );
}

/** The text part with its addresses as links, as mail programs show it. */
function MailText(props: { text: string }) {
  const pieces = props.text.split(/(https?:\/\/\S+)/);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the keyboard
    <pre className={classes.text} tabIndex={0} aria-label="Text part">
      {pieces.map((piece, index) =>
        index % 2 === 1 ? (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of a fixed text have no other key
          <a key={index} href={piece} target="_blank" rel="noopener noreferrer">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </pre>
  );
}
