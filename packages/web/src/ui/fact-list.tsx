import type { ReactNode } from "react";
import classes from "./fact-list.module.css";

/** Label and value pairs, side by side where there is room; `wide` for values as long as addresses. */
export function FactList(props: { facts: { label: string; value: ReactNode }[]; wide?: boolean }) {
  return (
    <dl className={classes.facts} data-wide={props.wide || undefined}>
      {props.facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
