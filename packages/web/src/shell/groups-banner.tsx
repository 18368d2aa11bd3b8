import { Link } from "@tanstack/react-router";
import { IconUsersGroup } from "@tabler/icons-react";
import { formatNumberOf } from "../shared/number-format.ts";
import classes from "./groups-banner.module.css";

/** Says on every page that imported groups wait: until they are reviewed their members reach nothing. */
export function GroupsBanner(props: { count: number | null }) {
  if (!props.count) {
    return null;
  }
  return (
    <section className={classes.banner} aria-label="Imported groups">
      <IconUsersGroup size={16} aria-hidden />
      <span>
        <strong>{formatNumberOf(props.count, "imported group")}</strong>{" "}
        {props.count === 1 ? "waits" : "wait"} for review. Members cannot reach service projects until
        approved.
      </span>
      <Link to={"/groups/review" as string}>Review now</Link>
    </section>
  );
}
