import {
  IconAlertCircle,
  IconArrowBackUp,
  IconCheck,
  IconClipboardCheck,
  IconHandStop,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPoint,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { LogEvent } from "../../../shared/live/event-log.ts";
import { TimeText } from "../../../ui/time-text.tsx";
import classes from "./migration.module.css";

const icons: Record<string, ComponentType<{ size?: number; "aria-hidden"?: boolean }>> = {
  PLANNED: IconClipboardCheck,
  APPROVAL_GIVEN: IconClipboardCheck,
  APPROVED: IconClipboardCheck,
  STARTED: IconPlayerPlay,
  RESUMED: IconPlayerPlay,
  RETRIED: IconPlayerPlay,
  PAUSED: IconPlayerPause,
  BRAKE_TRIPPED: IconHandStop,
  BRAKE_RELEASED: IconPlayerPlay,
  CANCELLED: IconPlayerStop,
  FAILED: IconAlertCircle,
  PLANNING_FAILED: IconAlertCircle,
  COMPLETED: IconCheck,
  PROOF_PASSED: IconCheck,
  PROOF_FAILED: IconAlertCircle,
  GROUP_CREATED: IconUsersGroup,
  GROUP_APPROVED: IconUsersGroup,
  GROUP_DECLINED: IconUsersGroup,
  UNDO_PLANNED: IconClipboardCheck,
  UNDO_STARTED: IconArrowBackUp,
  UNDO_FAILED: IconAlertCircle,
  UNDONE: IconArrowBackUp,
};

const quiet = new Set(["BATCH_APPLIED", "UNDO_BATCH"]);

/** Events newest first, each with its number and time. */
export function EventList(props: { events: readonly LogEvent[] }) {
  return (
    <ol className={classes.events}>
      {props.events.map((event) => {
        const Icon = icons[event.type] ?? IconPoint;
        return (
          <li key={event.sequence} data-quiet={quiet.has(event.type) || undefined}>
            <Icon size={15} aria-hidden />
            <span className={classes.eventText}>{event.summary}</span>
            <span className={classes.eventMeta}>
              <TimeText value={event.at} format="clock" />
              <span className="numeric">#{event.sequence}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
