import { Link } from "@tanstack/react-router";
import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { consumePageFocus } from "./page-focus.ts";
import classes from "./page-header.module.css";

/** A place above this page, shown before the title; `params` as the route of `to` wants them. */
export interface Crumb {
  label: string;
  to: string;
  params?: Record<string, string>;
}

/** The top of every page: where it belongs, its one h1 (focused when the route changes), status and actions. */
export function PageHeader(props: {
  title: ReactNode;
  /** The browser tab's title when `title` is not plain text. */
  documentTitle?: string;
  crumbs?: Crumb[];
  status?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const tabTitle = props.documentTitle ?? (typeof props.title === "string" ? props.title : null);
  useEffect(function focusHeadingAfterNavigation() {
    if (consumePageFocus()) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  useEffect(
    function nameTheTab() {
      if (tabTitle) {
        document.title = `${tabTitle} · Rehome`;
      }
    },
    [tabTitle],
  );
  return (
    <div className={classes.header}>
      <div className={classes.text}>
        {props.crumbs && (
          <nav aria-label="Breadcrumb">
            <ol className={classes.crumbs}>
              {props.crumbs.map((crumb) => (
                <li key={crumb.label}>
                  <Link to={crumb.to} params={crumb.params ?? {}}>
                    {crumb.label}
                  </Link>
                  <IconChevronRight size={12} aria-hidden />
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className={classes.titleLine}>
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.status}
        </div>
        {props.description && <div className={classes.description}>{props.description}</div>}
      </div>
      {props.actions && <div className={classes.actions}>{props.actions}</div>}
    </div>
  );
}
