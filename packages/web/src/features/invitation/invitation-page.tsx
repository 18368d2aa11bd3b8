import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import { fetchSession, signOut, type SessionUser } from "../../session/session.ts";
import { describeRole } from "../../shared/roles/describe-role.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { AcceptSignedIn } from "./accept-signed-in.tsx";
import {
  declineInvitation,
  showInvitation,
  type InvitationProblem,
  type ShownInvitation,
} from "./invitation-api.ts";
import classes from "./invitation-page.module.css";
import { PasswordForm } from "./password-form.tsx";

const route = getRouteApi("/invitation/$token");

interface Loaded {
  invitation: ShownInvitation | null;
  problem: InvitationProblem | null;
  session: SessionUser | null;
}

/** What somebody is invited to, and their answer: accept signed in, with a new password, or decline. */
export function InvitationPage() {
  const { token } = route.useParams();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [declined, setDeclined] = useState(false);
  useEffect(
    function loadInvitation() {
      document.title = "Invitation · Rehome";
      let isCurrent = true;
      void Promise.all([showInvitation(token), fetchSession().catch(() => null)]).then(
        ([{ problem, value }, session]) => {
          if (isCurrent) {
            setLoaded({ invitation: value, problem, session });
          }
        },
      );
      return () => {
        isCurrent = false;
      };
    },
    [token],
  );
  if (loaded === null) {
    return (
      <Frame title="Invitation">
        <SkeletonBlock height={220} />
      </Frame>
    );
  }
  const { invitation, problem, session } = loaded;
  if (invitation === null) {
    return (
      <Frame title="This invitation cannot be opened">
        {problem && <ProblemNotice problem={problem} />}
        <OpenRehome />
      </Frame>
    );
  }
  if (declined) {
    return (
      <Frame title="Declined">
        <p>{invitation.inviter.name || invitation.inviter.email} was told. Nothing has changed for you.</p>
        <OpenRehome />
      </Frame>
    );
  }
  return (
    <Frame title={titleOf(invitation)}>
      <InvitationFacts invitation={invitation} />
      <Answer token={token} invitation={invitation} session={session} />
      <Decline token={token} onDeclined={() => setDeclined(true)} />
    </Frame>
  );
}

function Frame(props: { title: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <span>Rehome</span>
        </div>
        <h1>{props.title}</h1>
        {props.children}
      </div>
    </main>
  );
}

function InvitationFacts(props: { invitation: ShownInvitation }) {
  const { email, expiresAt, inviter, organization, place, role } = props.invitation;
  const facts = [
    { label: "Role", value: describeRole({ role, site: place === null ? null : { name: place } }) },
    { label: "Organization", value: organization },
    {
      label: "Invited by",
      value: inviter.name === "" ? inviter.email : `${inviter.name} (${inviter.email})`,
    },
    { label: "For", value: email },
    { label: "Works until", value: <TimeText value={expiresAt} /> },
  ];
  return (
    <>
      {role === "PRODUCT_OWNER" && (
        <p>When you accept, you own the product, and its former owner becomes product admin.</p>
      )}
      <div className={classes.facts}>
        <FactList facts={facts} />
      </div>
    </>
  );
}

/** The one way to accept that fits who is signed in and whether the address was ever proven. */
function Answer(props: { token: string; invitation: ShownInvitation; session: SessionUser | null }) {
  const { invitation, session, token } = props;
  if (invitation.next === "PASSWORD") {
    return <PasswordForm token={token} invitation={invitation} />;
  }
  if (session === null) {
    return (
      <Button
        component="a"
        href={`/sign-in?to=${encodeURIComponent(`/invitation/${token}`)}`}
        size="md"
        fullWidth
      >
        Sign in as {invitation.email}
      </Button>
    );
  }
  if (session.email !== invitation.email) {
    return (
      <Notice
        tone="warn"
        title={`This invitation is for ${invitation.email}`}
        actions={
          <Button variant="default" size="compact-sm" onClick={() => void signOutHere()}>
            Sign out
          </Button>
        }
      >
        You are signed in as {session.email}. Sign in with the invited address, or ask{" "}
        {invitation.inviter.name || invitation.inviter.email} to invite yours.
      </Notice>
    );
  }
  return <AcceptSignedIn token={token} />;
}

function Decline(props: { token: string; onDeclined: () => void }) {
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<InvitationProblem | null>(null);
  const decline = async () => {
    setPending(true);
    const answer = await declineInvitation(props.token);
    setPending(false);
    setProblem(answer.problem);
    if (answer.problem === null) {
      props.onDeclined();
    }
  };
  return (
    <>
      <Button variant="subtle" size="md" fullWidth onClick={() => setAsking(true)}>
        Decline
      </Button>
      <ConfirmDialog
        opened={asking}
        title="Decline the invitation?"
        confirmLabel="Decline"
        danger
        pending={pending}
        onConfirm={() => void decline()}
        onClose={() => setAsking(false)}
        error={problem && <ProblemNotice problem={problem} />}
      >
        <p>The link ends, and whoever invited you is told.</p>
      </ConfirmDialog>
    </>
  );
}

/** Why something did not happen, and who can help. */
function ProblemNotice(props: { problem: InvitationProblem }) {
  const { message, whoCanGrant } = props.problem;
  return (
    <Notice tone="bad" live title={message}>
      {whoCanGrant.length > 0 && `${listNames(whoCanGrant)} can grant this.`}
    </Notice>
  );
}

function OpenRehome() {
  return (
    <Button component={Link} to="/" variant="default" size="md" fullWidth>
      Open Rehome
    </Button>
  );
}

async function signOutHere(): Promise<void> {
  await signOut();
  window.location.reload();
}

function titleOf({ organization, place, role }: ShownInvitation): string {
  const where = place ?? organization;
  return role === "PRODUCT_OWNER"
    ? `The ownership of ${where} is offered to you`
    : `You are invited to ${where}`;
}
