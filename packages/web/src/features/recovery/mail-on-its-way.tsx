import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { RecoveryProblem } from "../../shared/recovery/recovery-api.ts";
import { RecoveryNotice } from "../../shared/recovery/recovery-notice.tsx";
import { OutboxLink } from "../../shared/recovery/outbox-link.tsx";
import { contactHref, useContact } from "../../shared/recovery/use-contact.ts";
import { EntrancePage } from "../../ui/entrance-page.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SignInLink } from "./link-states.tsx";

/** Seconds after which another mail may be asked for: sooner the server sends none. */
const pause = 60;

/** After asking: where to look for the mail, how to get another one, and whom to ask. */
export function MailOnItsWay(props: {
  email: string;
  onAskAgain: () => Promise<RecoveryProblem | null>;
  onOther: () => void;
}) {
  const { left, restart } = useCountdown();
  const [pending, setPending] = useState(false);
  const [again, setAgain] = useState(false);
  const [problem, setProblem] = useState<RecoveryProblem | null>(null);
  const askAgain = async () => {
    setPending(true);
    const found = await props.onAskAgain();
    setPending(false);
    setProblem(found);
    setAgain(found === null);
    if (found === null) {
      restart();
    }
  };
  return (
    <EntrancePage
      title="Look into your mailbox"
      lead={`If there is an account for ${props.email}, mail is on its way.`}
      foot={
        <>
          <SignInLink />
          <OutboxLink />
        </>
      }
    >
      <ul>
        <li>It takes a minute at most. The newest mail is the one that works.</li>
        <li>Not there? Look in the spam or junk folder, and mark it as no spam.</li>
        <li>Company mail may be held back for a while: ask whoever looks after it.</li>
        <li>
          Perhaps your account has another email: <Contact />
        </li>
      </ul>
      <RecoveryNotice problem={problem} />
      {again && <Notice tone="good" live title="Asked again. At most three mails are sent in ten minutes." />}
      <Button
        size="md"
        fullWidth
        variant="default"
        loading={pending}
        disabled={left > 0}
        onClick={() => void askAgain()}
      >
        {left > 0 ? `Send it again in ${left} s` : "Send it again"}
      </Button>
      <Button size="md" fullWidth variant="subtle" onClick={props.onOther}>
        Use another email
      </Button>
    </EntrancePage>
  );
}

function Contact() {
  const contact = useContact();
  if (contact === null) {
    return <>ask whoever gave you access.</>;
  }
  const href = contactHref(contact);
  return <>ask {href === null ? contact : <a href={href}>{contact}</a>}.</>;
}

/** Seconds left, counting down to zero. */
function useCountdown(): { left: number; restart: () => void } {
  const [left, setLeft] = useState(pause);
  const isRunning = left > 0;
  useEffect(
    function countDown() {
      if (!isRunning) {
        return;
      }
      const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1_000);
      return () => clearInterval(timer);
    },
    [isRunning],
  );
  return { left, restart: () => setLeft(pause) };
}
