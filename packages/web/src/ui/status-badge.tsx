import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconInfoCircle,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import classes from "./status-badge.module.css";
import type { Tone } from "./tone.ts";

const defaultIcons: Record<Tone, ComponentType<{ size?: number; "aria-hidden"?: boolean }>> = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  info: IconInfoCircle,
  neutral: IconCircleDashed,
};

/** A status as icon, word and colour together. `icon` replaces the tone's usual one. */
export function StatusBadge(props: {
  tone: Tone;
  children: ReactNode;
  icon?: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
  size?: "md" | "lg";
}) {
  const Icon = props.icon ?? defaultIcons[props.tone];
  return (
    <span className={classes.badge} data-tone={props.tone} data-size={props.size ?? "md"}>
      <Icon size={props.size === "lg" ? 16 : 14} aria-hidden />
      <span>{props.children}</span>
    </span>
  );
}
