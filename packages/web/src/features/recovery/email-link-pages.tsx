import { Button } from "@mantine/core";
import { useState } from "react";
import { callRecovery, type RecoveryProblem } from "../../shared/recovery/recovery-api.ts";
import { RecoveryNotice } from "../../shared/recovery/recovery-notice.tsx";
import { forgetSession } from "../../session/session.ts";
import { EntrancePage } from "../../ui/entrance-page.tsx";
import { LinkGate, SignInLink } from "./link-states.tsx";
import { useLink, type OpenedLink } from "./use-link.ts";

/** /change-email/…: the new address is confirmed by a click, never by opening the page: mail scanners open links. */
export function ConfirmEmailPage() {
  const link = useLink("CHANGE_EMAIL");
  const use = useClick("/change-email/confirm", link);
  if (use.doneFor !== null) {
    return (
      <EntrancePage
        title="Your email is changed"
        lead={`You sign in as ${use.doneFor} from now on. Your password is as it was.`}
      >
        <Button size="md" fullWidth component="a" href="/">
          Go on
        </Button>
      </EntrancePage>
    );
  }
  return (
    <LinkGate link={link} title="Use this email" again={null}>
      <EntrancePage
        title={`Use ${link.info?.email ?? "this email"}`}
        lead={`The account of ${link.info?.accountEmail ?? ""} signs in with it from now on, and with the old address no more. Other sessions end.`}
        foot={<SignInLink />}
      >
        <RecoveryNotice problem={use.problem} />
        <Button size="md" fullWidth loading={use.pending} onClick={use.click}>
          Use this email
        </Button>
      </EntrancePage>
    </LinkGate>
  );
}

/** /not-me/…: the owner of the present address stops a change that somebody else asked for. */
export function NotMePage() {
  const link = useLink("CANCEL_EMAIL_CHANGE");
  const use = useClick("/change-email/refuse", link);
  if (use.doneFor !== null) {
    return (
      <EntrancePage
        title="The change is stopped"
        lead={`${use.doneFor} stays the email of your account, and every session has ended.`}
        foot={<SignInLink />}
      >
        <p>
          Whoever asked for it knew your password. A link to set a new one is on its way to {use.doneFor}; use
          it now.
        </p>
      </EntrancePage>
    );
  }
  return (
    <LinkGate link={link} title="Stop the change" again={{ label: "Set a new password", search: {} }}>
      <EntrancePage
        title="Keep your email"
        lead={`Somebody asked for another email for the account of ${link.info?.email ?? ""}.`}
        foot={<SignInLink />}
      >
        <p>If that was not you, stop it: every session ends, and you get a link for a new password.</p>
        <RecoveryNotice problem={use.problem} />
        <Button size="md" fullWidth color="red" loading={use.pending} onClick={use.click}>
          This was not me: stop it
        </Button>
      </EntrancePage>
    </LinkGate>
  );
}

/** Uses the link by a click. */
function useClick(path: string, link: OpenedLink) {
  const [doneFor, setDoneFor] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<RecoveryProblem | null>(null);
  const click = async () => {
    setPending(true);
    const answer = await callRecovery<{ email: string }>(path, { secret: link.secret });
    setPending(false);
    setProblem(answer.problem);
    if (answer.value !== null) {
      forgetSession();
      setDoneFor(answer.value.email);
      link.strip();
    }
  };
  return { doneFor, pending, problem, click: () => void click() };
}
