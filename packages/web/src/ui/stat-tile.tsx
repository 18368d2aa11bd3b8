import { Link } from "@tanstack/react-router";
import type { ComponentType, ReactNode } from "react";
import { Count } from "./count.tsx";
import classes from "./stat-tile.module.css";
import type { Tone } from "./tone.ts";

/** A number that opens the rows behind it. Without `to` it is plain text. */
export function StatTile(props: {
  label: string;
  value: number | null | undefined;
  tone?: Tone;
  icon?: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
  hint?: ReactNode;
  to?: string;
  params?: Record<string, string>;
  search?: Record<string, unknown>;
  /** Id of the element to scroll to. */
  hash?: string;
}) {
  const Icon = props.icon;
  const body = (
    <>
      <span className={classes.label}>
        {Icon && (
          <span className={classes.icon} data-tone={props.tone ?? "neutral"}>
            <Icon size={15} aria-hidden />
          </span>
        )}
        {props.label}
      </span>
      <span className={classes.value}>
        <Count value={props.value} />
      </span>
      {props.hint && <span className={classes.hint}>{props.hint}</span>}
    </>
  );
  if (!props.to) {
    return <div className={classes.tile}>{body}</div>;
  }
  return (
    <Link
      className={classes.tile}
      to={props.to}
      params={props.params ?? {}}
      search={props.search ?? {}}
      hash={props.hash}
      data-link
    >
      {body}
    </Link>
  );
}

/** Lays tiles out in a row that wraps. */
export function StatTiles(props: { children: ReactNode }) {
  return <div className={classes.tiles}>{props.children}</div>;
}
