import { Button } from "@mantine/core";
import { IconFilterOff, IconLock, IconMoodEmpty, IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { CopyText } from "./copy-text.tsx";
import classes from "./page-states.module.css";

/** Nothing here yet: why, and the one thing to do about it. */
export function EmptyState(props: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <div className={classes.state}>
      <span className={classes.icon}>{props.icon ?? <IconMoodEmpty size={22} aria-hidden />}</span>
      <p className={classes.title}>{props.title}</p>
      <div className={classes.text}>{props.children}</div>
      {props.action && <div className={classes.action}>{props.action}</div>}
    </div>
  );
}

/** The filters leave nothing; `what` is the plural of what is listed. */
export function NoMatches(props: { what: string; onClear: () => void }) {
  return (
    <EmptyState
      title={`No ${props.what} match these filters`}
      icon={<IconFilterOff size={22} aria-hidden />}
      action={
        <Button variant="default" onClick={props.onClear}>
          Clear filters
        </Button>
      }
    >
      Change the search or the filters to see more.
    </EmptyState>
  );
}

/** What failed, the request id to give to whoever helps, and Retry. */
export function ErrorState(props: {
  what: string;
  message: string;
  requestId?: string | null;
  onRetry?: () => void;
}) {
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-tone="bad">
        <IconPlugConnectedX size={22} aria-hidden />
      </span>
      <p className={classes.title}>{props.what}</p>
      <div className={classes.text}>{props.message}</div>
      {props.requestId && (
        <div className={classes.text}>
          Request <CopyText value={props.requestId} label="Copy request id" />
        </div>
      )}
      {props.onRetry && (
        <div className={classes.action}>
          <Button variant="default" onClick={props.onRetry}>
            Retry
          </Button>
        </div>
      )}
    </div>
  );
}

/** The viewer may not see or do this; says who can grant it. */
export function ForbiddenState(props: {
  title: string;
  children?: ReactNode;
  whoCanGrant?: readonly string[];
  action?: ReactNode;
}) {
  return (
    <EmptyState title={props.title} icon={<IconLock size={22} aria-hidden />} action={props.action}>
      {props.children}
      {props.whoCanGrant && props.whoCanGrant.length > 0 && <div>Ask {listNames(props.whoCanGrant)}.</div>}
    </EmptyState>
  );
}

/** "A", "A or B", "A, B or C". */
export function listNames(names: readonly string[], joiner = "or"): string {
  if (names.length < 2) {
    return names[0] ?? "";
  }
  return `${names.slice(0, -1).join(", ")} ${joiner} ${names.at(-1)}`;
}
