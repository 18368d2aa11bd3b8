import { Button } from "@mantine/core";
import { useState } from "react";
import { postAuth } from "../../session/auth-client.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { describeBrowser } from "../../shared/describe-browser.ts";
import classes from "./security.module.css";
import type { RememberedDevice } from "./use-security.ts";

/** Browsers that are not asked for a code; nothing while two-step sign-in is off and there are none. */
export function DevicesPanel(props: {
  devices: RememberedDevice[];
  isTwoStepOn: boolean;
  look: () => Promise<void>;
}) {
  const { devices, isTwoStepOn, look } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const forget = async (id?: string) => {
    const answer = await postAuth("/security/devices/forget", id === undefined ? {} : { id });
    setProblem(answer.ok ? null : answer.message);
    await look();
  };
  if (!isTwoStepOn) {
    return null;
  }
  return (
    <Panel
      title="Remembered browsers"
      description="They are not asked for a code for 30 days. A changed password and the end of your sessions forget them too."
      actions={
        devices.length > 1 && (
          <Button variant="default" onClick={() => void forget()}>
            Forget all
          </Button>
        )
      }
      flush
    >
      {problem !== null && (
        <div className={classes.padded}>
          <Notice tone="bad" live title={problem} />
        </div>
      )}
      <DataTable
        caption="Remembered browsers"
        columns={deviceColumns((id) => void forget(id))}
        rows={devices}
        rowKey={(device) => device.id}
        fullHeight
        empty={<p className={`${classes.padded} muted`}>None: every sign-in asks for a code.</p>}
      />
    </Panel>
  );
}

function deviceColumns(onForget: (id: string) => void): Column<RememberedDevice>[] {
  return [
    {
      id: "browser",
      header: "Browser",
      cell: (device) => (
        <div className={classes.name}>
          {describeBrowser(device.userAgent)}
          {device.isThis && <span className="muted">This one</span>}
        </div>
      ),
    },
    {
      id: "used",
      header: "Last used",
      cell: (device) => <TimeText value={device.lastUsedAt} format="relative" />,
    },
    {
      id: "until",
      header: "Until",
      hideBelow: "sm",
      cell: (device) => <TimeText value={device.expiresAt} format="date" />,
    },
    {
      id: "actions",
      header: <span className="visually-hidden">Actions</span>,
      actions: true,
      cell: (device) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Forget ${describeBrowser(device.userAgent)}`}
          onClick={() => onForget(device.id)}
        >
          Forget
        </Button>
      ),
    },
  ];
}
