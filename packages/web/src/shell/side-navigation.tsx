import { Link, useLocation } from "@tanstack/react-router";
import { formatCount } from "../shared/number-format.ts";
import { ColorSchemeSwitch } from "./color-scheme-switch.tsx";
import type { NavigationEntry } from "./navigation.ts";
import classes from "./side-navigation.module.css";
import type { ShellCounts } from "./use-shell-counts.ts";

const badgeWords = { attention: "need attention", groups: "wait for review" };

/** The product's name, the organization, the pages and the colour scheme. */
export function SideNavigation(props: {
  organizationName: string | null;
  entries: NavigationEntry[];
  counts: ShellCounts;
  onNavigate?: () => void;
}) {
  const { pathname } = useLocation();
  // A page that has an entry of its own is not shown under the shorter one as well.
  const longer = new Set(
    props.entries
      .filter(({ to }) =>
        props.entries.some((other) => other.to.startsWith(`${to}/`) && pathname.startsWith(other.to)),
      )
      .map(({ to }) => to),
  );
  return (
    <nav aria-label="Main" className={classes.side}>
      <Link to="/" className={classes.brand} onClick={props.onNavigate}>
        <img src="/favicon.svg" alt="" width={24} height={24} />
        <span className={classes.names}>
          <span className={classes.product}>Rehome</span>
          <span className={classes.organization}>{props.organizationName}</span>
        </span>
      </Link>
      <ul className={classes.list}>
        {props.entries.map((entry) => {
          const count = entry.badge ? props.counts[entry.badge] : null;
          return (
            <li key={entry.to}>
              <Link
                to={entry.to}
                className={classes.link}
                activeOptions={{
                  exact: entry.to === "/" || longer.has(entry.to),
                  includeSearch: false,
                }}
                onClick={props.onNavigate}
              >
                <entry.icon size={17} stroke={1.7} aria-hidden />
                <span className={classes.label}>{entry.label}</span>
                {entry.badge && count !== null && count > 0 && (
                  <span className={classes.count}>
                    {formatCount(count)}
                    <span className="visually-hidden"> {badgeWords[entry.badge]}</span>
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      <div className={classes.bottom}>
        <ColorSchemeSwitch />
      </div>
    </nav>
  );
}
