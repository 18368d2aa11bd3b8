import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./notice.module.css";
import type { Tone } from "./tone.ts";

const icons = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  info: IconInfoCircle,
  neutral: IconInfoCircle,
};

/** A sentence the reader must not miss, in the page rather than in a toast. `live` has it read out when it appears. */
export function Notice(props: {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  live?: boolean;
}) {
  const Icon = icons[props.tone];
  return (
    <div
      className={classes.notice}
      data-tone={props.tone}
      role={props.live ? (props.tone === "bad" ? "alert" : "status") : undefined}
    >
      <Icon size={18} aria-hidden />
      <div className={classes.text}>
        {props.title && <div className={classes.title}>{props.title}</div>}
        {props.children && <div>{props.children}</div>}
      </div>
      {props.actions && <div className={classes.actions}>{props.actions}</div>}
    </div>
  );
}
