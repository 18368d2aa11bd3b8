import { Button } from "@mantine/core";
import { useState } from "react";
import { DataTable } from "../../ui/data-table.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { ApiTokenRowFragment, ServiceAccountCardFragment } from "./api-tokens.generated.ts";
import classes from "./api-tokens.module.css";
import { tokenColumns } from "./token-columns.tsx";

/** One service account: what it is for, what it may do, and its tokens. */
export function ServiceAccountPanel(props: {
  account: ServiceAccountCardFragment;
  markedToken: string | null;
  onNewToken: () => void;
  onRemove: () => void;
  onRevoke: (token: ApiTokenRowFragment) => void;
}) {
  const { account } = props;
  const [now] = useState(() => Date.now());
  const isLive = account.removedAt === null;
  return (
    <Panel
      flush
      title={
        <span className={classes.title}>
          {account.name}
          {!isLive && <StatusBadge tone="neutral">Removed</StatusBadge>}
        </span>
      }
      description={
        <>
          {account.purpose !== "" && <span className={classes.line}>{account.purpose}</span>}
          <span className={classes.line}>
            {isLive ? describeRole(account) : "Its roles are taken and its tokens have ended."} Made by{" "}
            {account.createdBy?.name ?? "somebody"} on <TimeText value={account.createdAt} format="date" />.
          </span>
        </>
      }
      actions={
        isLive && (
          <>
            <Button size="compact-sm" variant="default" onClick={props.onNewToken}>
              New token
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Remove ${account.name}`}
              onClick={props.onRemove}
            >
              Remove…
            </Button>
          </>
        )
      }
    >
      <DataTable
        caption={`API tokens of ${account.name}`}
        columns={tokenColumns(now, props.onRevoke).filter(({ id }) => id !== "organization")}
        rows={account.apiTokens}
        rowKey={(token) => token.id}
        minWidth="560px"
        isMarked={(token) => token.id === props.markedToken}
        empty={<p className={classes.none}>No tokens: nothing can ask in its name.</p>}
      />
    </Panel>
  );
}

function describeRole({ sites }: ServiceAccountCardFragment): string {
  return sites.length === 0
    ? "Organization admin."
    : `Site admin of ${listNames(sites.map(({ name }) => name))}.`;
}
