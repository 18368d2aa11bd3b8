import type { ReactNode } from "react";
import classes from "./row-list.module.css";

/** Lines under each other in a flush panel: for short lists that read like sentences, also on a phone. */
export function RowList(props: { children: ReactNode }) {
  return <ul className={classes.list}>{props.children}</ul>;
}

/** One line: what it is, and the one thing to do about it. */
export function ListRow(props: {
  title: ReactNode;
  detail: ReactNode;
  middle?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <li className={classes.row}>
      <div className={classes.text}>
        <div className={classes.title}>{props.title}</div>
        <div className={classes.detail}>{props.detail}</div>
      </div>
      {props.middle && <div className={classes.middle}>{props.middle}</div>}
      {props.action && <div className={classes.action}>{props.action}</div>}
    </li>
  );
}
