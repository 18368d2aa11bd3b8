import type { ReactNode } from "react";
import classes from "./layout.module.css";

/** Blocks under each other at the page's rhythm of 16 px. */
export function PageStack(props: { children: ReactNode }) {
  return <div className={classes.stack}>{props.children}</div>;
}

/** Two thirds and one third; one column on narrow screens. */
export function Split(props: { children: ReactNode }) {
  return <div className={classes.split}>{props.children}</div>;
}
