import { Button } from "@mantine/core";
import type { Column } from "../../ui/data-table.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { ApiTokenRowFragment } from "./api-tokens.generated.ts";
import classes from "./api-tokens.module.css";
import { scopeWords } from "./scope-words.ts";
import { describeTokenState } from "./token-state.ts";

/** The columns of the list. `now` in milliseconds since 1970. */
export function tokenColumns(
  now: number,
  onRevoke: (token: ApiTokenRowFragment) => void,
): Column<ApiTokenRowFragment>[] {
  return [
    {
      id: "name",
      header: "Name",
      cell: (token) => (
        <div className={classes.name}>
          {token.name}
          <code className="muted">{token.hint}…</code>
        </div>
      ),
    },
    {
      id: "state",
      header: "State",
      cell: (token) => {
        const { label, tone } = describeTokenState(token, now);
        return <StatusBadge tone={tone}>{label}</StatusBadge>;
      },
    },
    { id: "scope", header: "May", cell: (token) => scopeWords[token.scope].short },
    {
      id: "organization",
      header: "Where",
      hideBelow: "md",
      cell: (token) => token.organization?.name ?? <span className="muted">Every organization of yours</span>,
    },
    {
      id: "expires",
      header: "Expires",
      cell: (token) => <TimeText value={token.expiresAt} format="date" />,
    },
    {
      id: "used",
      header: "Last used",
      hideBelow: "sm",
      cell: (token) =>
        token.lastUsedAt === null ? (
          <span className="muted">Never</span>
        ) : (
          <TimeText value={token.lastUsedAt} format="relative" />
        ),
    },
    {
      id: "actions",
      header: <span className="visually-hidden">Actions</span>,
      actions: true,
      cell: (token) =>
        describeTokenState(token, now).isLive && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Revoke ${token.name}`}
            onClick={() => onRevoke(token)}
          >
            Revoke
          </Button>
        ),
    },
  ];
}
