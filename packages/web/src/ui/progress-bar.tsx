import classes from "./progress-bar.module.css";
import type { Tone } from "./tone.ts";

/** One coloured part of the bar; parts add up to at most `max`. */
export interface ProgressPart {
  value: number;
  tone: Tone;
  label: string;
}

/** How far something is, in parts by outcome. `valueText` is what assistive technology reads. */
export function ProgressBar(props: {
  label: string;
  parts: ProgressPart[];
  max: number;
  valueText: string;
  size?: "md" | "lg";
  moving?: boolean;
}) {
  const done = props.parts.reduce((sum, part) => sum + part.value, 0);
  const max = Math.max(props.max, 1);
  return (
    <div
      className={classes.bar}
      data-size={props.size ?? "md"}
      data-moving={props.moving || undefined}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the native element cannot show parts by outcome
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={props.max}
      aria-valuenow={done}
      aria-valuetext={props.valueText}
    >
      {props.parts.map((part) => (
        <span
          key={part.label}
          className={classes.part}
          data-tone={part.tone}
          style={{ width: `${(part.value / max) * 100}%` }}
        />
      ))}
    </div>
  );
}
