import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./stepper.module.css";

/** One step; `state` is where it stands. */
export interface Step {
  id: string;
  label: string;
  hint?: ReactNode;
  state: "done" | "current" | "next" | "stopped";
}

const spoken = { done: "done", current: "current step", next: "not started", stopped: "stopped here" };

/** The steps of a process in order. `onPick` makes finished steps clickable. */
export function Stepper(props: { label: string; steps: Step[]; onPick?: (id: string) => void }) {
  return (
    <ol className={classes.stepper} aria-label={props.label}>
      {props.steps.map((step, index) => (
        <li
          key={step.id}
          data-state={step.state}
          aria-current={step.state === "current" ? "step" : undefined}
        >
          <span className={classes.mark} aria-hidden>
            {step.state === "done" ? <IconCheck size={13} stroke={3} /> : index + 1}
          </span>
          <span className={classes.text}>
            {props.onPick && step.state === "done" ? (
              <button type="button" className={classes.pick} onClick={() => props.onPick?.(step.id)}>
                {step.label}
              </button>
            ) : (
              <span className={classes.label}>{step.label}</span>
            )}
            <span className="visually-hidden">, {spoken[step.state]}</span>
            {step.hint && <span className={classes.hint}>{step.hint}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
