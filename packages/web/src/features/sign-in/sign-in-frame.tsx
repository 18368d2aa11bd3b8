import type { ReactNode } from "react";
import classes from "./sign-in-page.module.css";

/** What the pages of signing in have in common: the brand, one heading, one column. */
export function SignInFrame(props: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <span>Rehome</span>
        </div>
        <h1>{props.title}</h1>
        <p className="muted">{props.lead}</p>
        {props.children}
      </div>
    </main>
  );
}
