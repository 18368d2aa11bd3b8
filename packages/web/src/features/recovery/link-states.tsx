import { Button, Loader } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import { RecoveryNotice } from "../../shared/recovery/recovery-notice.tsx";
import { EntrancePage } from "../../ui/entrance-page.tsx";
import type { OpenedLink } from "./use-link.ts";

/** The page of a link until it is known what it is for, and the page of one that does not work. */
export function LinkGate(props: {
  link: OpenedLink;
  title: string;
  /** What to do about a dead link. */
  again: { label: string; search: { for?: "confirm" } } | null;
  children: ReactNode;
}) {
  const { link, again } = props;
  if (link.info !== null) {
    return props.children;
  }
  if (link.problem === null) {
    return (
      <EntrancePage title={props.title}>
        <Waiting />
      </EntrancePage>
    );
  }
  const isDead = link.problem.code === "LINK_DEAD" || link.problem.code === "BAD_INPUT";
  return (
    <EntrancePage title={isDead ? "This link does not work any more" : props.title} foot={<SignInLink />}>
      {isDead ? (
        <p>
          A link works once, for a short time, and only until a newer one is sent. Open the newest mail, or
          have another one sent.
        </p>
      ) : (
        <RecoveryNotice problem={link.problem} />
      )}
      {isDead && again !== null && (
        <Button
          size="md"
          fullWidth
          component="a"
          href={again.search.for ? "/recover?for=confirm" : "/recover"}
        >
          {again.label}
        </Button>
      )}
      {!isDead && (
        <Button size="md" fullWidth variant="default" onClick={() => window.location.reload()}>
          Retry
        </Button>
      )}
    </EntrancePage>
  );
}

/** Back to where everybody starts. */
export function SignInLink() {
  return <Link to="/sign-in">Sign in</Link>;
}

/** Shown only when looking takes long enough to be noticed. */
function Waiting() {
  const [isLong, setLong] = useState(false);
  useEffect(function waitBeforeShowing() {
    const timer = setTimeout(() => setLong(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return isLong ? <Loader size="sm" aria-label="Looking at the link" /> : null;
}
