import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import classes from "./time-text.module.css";

const dateTime = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const dateOnly = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** 14:02:11 in the reader's zone. */
export function formatClock(time: number | string): string {
  return clock.format(new Date(time));
}

/** A moment in the reader's zone with its abbreviation; UTC on hover and focus. `value` is the ISO time on the wire. */
export function TimeText(props: { value: string; format?: "dateTime" | "clock" | "date" | "relative" }) {
  const time = new Date(props.value);
  return (
    <Tooltip label={`${time.toISOString().replace("T", " ").slice(0, 19)} UTC`}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- UTC must be reachable by keyboard */}
      <time dateTime={props.value} tabIndex={0} className={classes.time}>
        {props.format === "relative" ? (
          <RelativeTime time={time.getTime()} />
        ) : (
          formatMoment(time, props.format)
        )}
      </time>
    </Tooltip>
  );
}

function formatMoment(time: Date, format: "dateTime" | "clock" | "date" = "dateTime"): string {
  if (format === "clock") {
    return clock.format(time);
  }
  return format === "date" ? dateOnly.format(time) : dateTime.format(time);
}

function RelativeTime(props: { time: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(function keepTheAgeRight() {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return <>{formatAge(now - props.time) ?? dateTime.format(new Date(props.time))}</>;
}

/** "just now", "4 min ago", "3 h ago"; null past a day, where the date says more. */
export function formatAge(milliseconds: number): string | null {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) {
    return "just now";
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  return minutes < 1_440 ? `${Math.floor(minutes / 60)} h ago` : null;
}
