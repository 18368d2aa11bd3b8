import { Link } from "@tanstack/react-router";
import { IconCopy, IconUser, IconUserCircle, IconUserOff } from "@tabler/icons-react";
import { accountTypeWords, personKindWords } from "../../shared/words.ts";
import type { Column } from "../../ui/data-table.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import type { DirectoryPageQuery } from "./accounts.generated.ts";
import classes from "./accounts.module.css";

type Entry = DirectoryPageQuery["directory"]["edges"][number]["node"];

/** The columns of the directory. */
export const directoryColumns: Column<Entry>[] = [
  {
    id: "email",
    header: "Email",
    cell: (entry) => (
      <span className={classes.breakable}>
        <Link
          to="/accounts/$id"
          params={{ id: entry.profileId }}
          search={{ type: entry.type === "PORTAL_ONLY" ? "portal" : undefined }}
        >
          {entry.email}
        </Link>
        <span className={`muted ${classes.phoneOnly}`}>{accountTypeWords[entry.type]}</span>
      </span>
    ),
  },
  { id: "name", header: "Name", hideBelow: "md", cell: (entry) => entry.name },
  { id: "site", header: "Site", hideBelow: "lg", cell: (entry) => entry.site.name },
  {
    id: "type",
    header: "Type",
    hideBelow: "sm",
    cell: (entry) => (
      <span className={classes.type}>
        {entry.type === "PORTAL_ONLY" ? (
          <IconUserCircle size={16} aria-hidden />
        ) : (
          <IconUser size={16} aria-hidden />
        )}
        {accountTypeWords[entry.type]}
      </span>
    ),
  },
  { id: "facts", header: "Facts", cell: (entry) => <EntryBadges entry={entry} /> },
];

function EntryBadges(props: { entry: Entry }) {
  const { entry } = props;
  return (
    <span className={classes.badges}>
      {!entry.active && (
        <StatusBadge tone="bad" icon={IconUserOff}>
          Deactivated
        </StatusBadge>
      )}
      {entry.duplicate && (
        <StatusBadge tone="warn" icon={IconCopy}>
          Duplicate
        </StatusBadge>
      )}
      {entry.type === "ATLASSIAN_ACCOUNT" &&
        (entry.customerRole ? (
          <StatusBadge tone="good">Customer role</StatusBadge>
        ) : (
          <StatusBadge tone="neutral">No Customer role</StatusBadge>
        ))}
      {entry.kind && entry.kind !== "PERSON" && (
        <StatusBadge tone="info">{personKindWords[entry.kind]}</StatusBadge>
      )}
    </span>
  );
}
