import { Button } from "@mantine/core";
import { IconFingerprint, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { isPasskeyPlace, describePasskeyPlace } from "../../session/passkeys.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { Notice } from "../../ui/notice.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { Guard } from "./guard.tsx";
import { AddPasskeyDialog, RemovePasskeyDialog, RenamePasskeyDialog } from "./passkey-dialogs.tsx";
import classes from "./security.module.css";
import type { Passkey, Security } from "./use-security.ts";

/** What is open over the list. */
type Open = { is: "adding" } | { is: "renaming" | "removing"; passkey: Passkey } | null;

/** The viewer's passkeys. */
export function PasskeysPanel(props: { security: Security; guard: Guard; look: () => Promise<void> }) {
  const { passkeys, passkeyOrigin } = props.security;
  const [open, setOpen] = useState<Open>(null);
  const isPlace = isPasskeyPlace(passkeyOrigin);
  const close = () => setOpen(null);
  const done = () => {
    close();
    void props.look();
  };
  const add = isPlace && (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setOpen({ is: "adding" })}
    >
      Add a passkey
    </Button>
  );
  return (
    <Panel
      title="Passkeys"
      description="Sign in with your fingerprint, face or device PIN instead of a password and a code."
      actions={passkeys.length > 0 && add}
      flush
    >
      {!isPlace && (
        <div className={classes.padded}>
          <Notice tone="info" title={describePasskeyPlace(passkeyOrigin)} />
        </div>
      )}
      {(isPlace || passkeys.length > 0) && (
        <DataTable
          caption="Passkeys"
          columns={passkeyColumns(setOpen)}
          rows={passkeys}
          rowKey={(passkey) => passkey.id}
          fullHeight
          empty={
            <EmptyState title="No passkeys yet" icon={<IconFingerprint size={22} aria-hidden />} action={add}>
              A passkey cannot be guessed, and it works at this address alone.
            </EmptyState>
          }
        />
      )}
      <AddPasskeyDialog
        key={`add-${open?.is === "adding"}`}
        opened={open?.is === "adding"}
        guard={props.guard}
        onClose={close}
        onDone={done}
      />
      <RenamePasskeyDialog
        key={`rename-${open?.is === "renaming" ? open.passkey.id : ""}`}
        passkey={open?.is === "renaming" ? open.passkey : null}
        onClose={close}
        onDone={done}
      />
      <RemovePasskeyDialog
        key={`remove-${open?.is === "removing" ? open.passkey.id : ""}`}
        passkey={open?.is === "removing" ? open.passkey : null}
        guard={props.guard}
        onClose={close}
        onDone={done}
      />
    </Panel>
  );
}

function passkeyColumns(onOpen: (open: Open) => void): Column<Passkey>[] {
  return [
    {
      id: "name",
      header: "Name",
      cell: (passkey) => (
        <div className={classes.name}>
          {passkey.name}
          <span className="muted">{passkey.backedUp ? "Kept by a password manager" : "On one device"}</span>
        </div>
      ),
    },
    {
      id: "created",
      header: "Added",
      hideBelow: "sm",
      cell: (passkey) => <TimeText value={passkey.createdAt} format="date" />,
    },
    {
      id: "used",
      header: "Last used",
      cell: (passkey) =>
        passkey.lastUsedAt === null ? (
          <span className="muted">Never</span>
        ) : (
          <TimeText value={passkey.lastUsedAt} format="relative" />
        ),
    },
    {
      id: "actions",
      header: <span className="visually-hidden">Actions</span>,
      actions: true,
      cell: (passkey) => (
        <div className={classes.rowButtons}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Rename ${passkey.name}`}
            onClick={() => onOpen({ is: "renaming", passkey })}
          >
            Rename
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Remove ${passkey.name}`}
            onClick={() => onOpen({ is: "removing", passkey })}
          >
            Remove
          </Button>
        </div>
      ),
    },
  ];
}
