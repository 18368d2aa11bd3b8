import { useId, type ReactNode } from "react";
import classes from "./panel.module.css";

/** A titled surface for things that are truly separate; `flush` leaves out the padding, for tables. */
export function Panel(props: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  /** Makes the panel a target of links within the page. */
  id?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      id={props.id}
      className={`${classes.panel} scroll-target`}
      aria-labelledby={props.title ? id : undefined}
    >
      {(props.title || props.actions) && (
        <div className={classes.head}>
          <div>
            {props.title && <h2 id={id}>{props.title}</h2>}
            {props.description && <p className={classes.description}>{props.description}</p>}
          </div>
          {props.actions && <div className={classes.actions}>{props.actions}</div>}
        </div>
      )}
      <div className={props.flush ? classes.flush : classes.body}>{props.children}</div>
    </section>
  );
}
