import { Tooltip } from "@mantine/core";
import { IconCircleFilled, IconCloudOff, IconPlugConnected, IconRefresh } from "@tabler/icons-react";
import { useConnectionStatus } from "../shared/live/connection-status.ts";
import type { LiveStatus } from "../shared/live/resumable-subscription.ts";
import { formatClock } from "../ui/time-text.tsx";
import classes from "./connection-pill.module.css";

const icons = {
  live: IconCircleFilled,
  connecting: IconRefresh,
  reconnecting: IconRefresh,
  polling: IconPlugConnected,
  offline: IconCloudOff,
};

/** Says how fresh the page is, in words. A run goes on without the page, and the hint says so. */
export function ConnectionPill() {
  const status = useConnectionStatus();
  if (!status) {
    return null;
  }
  const Icon = icons[status.mode];
  const text = describeStatus(status);
  return (
    <Tooltip label={hintFor(status.mode)} multiline w={240}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the hint must be reachable by keyboard */}
      <output className={classes.pill} data-mode={status.mode} tabIndex={0} aria-label={text}>
        <Icon size={status.mode === "live" ? 8 : 14} aria-hidden />
        <span className={classes.text}>
          {text.split(" (")[0]}
          {text.includes(" (") && <span className={classes.since}> ({text.split(" (")[1]}</span>}
        </span>
      </output>
    </Tooltip>
  );
}

/** The pill's words for a status. */
export function describeStatus(status: LiveStatus): string {
  switch (status.mode) {
    case "live":
      return "Live";
    case "connecting":
      return "Connecting…";
    case "reconnecting":
      return status.since === null
        ? "Reconnecting…"
        : `Reconnecting… (data as of ${formatClock(status.since)})`;
    case "polling":
      return "Polling every 10 s";
    case "offline":
      return "Offline, read-only";
  }
}

function hintFor(mode: LiveStatus["mode"]): string {
  if (mode === "live") {
    return "Changes appear here as they happen. Runs go on when you close this page.";
  }
  return "Running migrations go on on the server; this page catches up without a gap once it is connected.";
}
