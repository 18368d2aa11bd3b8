import { IconChevronRight } from "@tabler/icons-react";
import classes from "./migration.module.css";

/** Source › destination. */
export function SiteRoute(props: { source: string; destination: string }) {
  return (
    <span className={classes.route}>
      <span>{props.source}</span>
      <IconChevronRight size={13} aria-hidden />
      <span className="visually-hidden"> to </span>
      <span>{props.destination}</span>
    </span>
  );
}
