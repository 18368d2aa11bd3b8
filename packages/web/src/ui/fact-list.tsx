import type { ReactNode } from "react";
import classes from "./fact-list.module.css";

/** Label and value pairs, two columns where there is room. */
export function FactList(props: { facts: { label: string; value: ReactNode }[] }) {
  return (
    <dl className={classes.facts}>
      {props.facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
