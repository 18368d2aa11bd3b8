import { useEffect, useRef, type ReactNode } from "react";
import classes from "./entrance-page.module.css";

// Kept here, as one page turns into another one by another component. Null on the first page of a visit.
let lastTitle: string | null = null;

/** A page outside of the shell, for who is not signed in: the product's name, one h1, one thing to do. */
export function EntrancePage(props: {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  /** Where to go instead. */
  foot?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(
    function nameThePage() {
      document.title = `${props.title} · Rehome`;
      // What the page turned into is read out; its first title is where reading starts anyway.
      if (lastTitle !== null && lastTitle !== props.title) {
        heading.current?.focus();
      }
      lastTitle = props.title;
    },
    [props.title],
  );
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <a className={classes.brand} href="/sign-in">
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <span>Rehome</span>
        </a>
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.lead && <p className={`muted ${classes.lead}`}>{props.lead}</p>}
        <div className={classes.body}>{props.children}</div>
        {props.foot && <div className={classes.foot}>{props.foot}</div>}
      </div>
    </main>
  );
}
