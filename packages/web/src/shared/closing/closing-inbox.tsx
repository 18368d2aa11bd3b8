import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Panel } from "../../ui/panel.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { ClosingRequestRowFragment } from "./closing-inbox.generated.ts";
import classes from "./closing.module.css";

// The dialogs come with the first click.
const ApproveClosing = lazy(async () => ({
  default: (await import("./closing-dialogs.tsx")).ApproveClosing,
}));
const DeclineClosing = lazy(async () => ({
  default: (await import("./closing-dialogs.tsx")).DeclineClosing,
}));

/** People who wait for their account to be closed: agree, or decline with a reason. */
export function ClosingInbox(props: { requests: readonly ClosingRequestRowFragment[] }) {
  const [open, setOpen] = useState<{ request: ClosingRequestRowFragment; agree: boolean } | null>(null);
  const close = () => setOpen(null);
  return (
    <Panel title="Accounts to close" flush>
      <ul className={classes.list}>
        {props.requests.map((request) => {
          const name = request.account.name || request.account.email;
          return (
            <li key={request.id} className={classes.row}>
              <div className={classes.text}>
                <div className={classes.title}>{name} asks for their account to be closed</div>
                <div className="muted">
                  {request.account.email}
                  {request.reason !== "" && <>: “{request.reason}”</>}
                </div>
              </div>
              <span className="muted">
                <TimeText value={request.askedAt} format="relative" />
              </span>
              {request.viewerCanDecide ? (
                <div className={classes.actions}>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Decline to close the account of ${name}`}
                    onClick={() => setOpen({ request, agree: false })}
                  >
                    Decline…
                  </Button>
                  <Button
                    size="xs"
                    aria-label={`Close the account of ${name}`}
                    onClick={() => setOpen({ request, agree: true })}
                  >
                    Close…
                  </Button>
                </div>
              ) : (
                <span className="muted">Another admin decides</span>
              )}
            </li>
          );
        })}
      </ul>
      <Suspense fallback={null}>
        {open?.agree === true && <ApproveClosing request={open.request} onClose={close} />}
        {open?.agree === false && <DeclineClosing request={open.request} onClose={close} />}
      </Suspense>
    </Panel>
  );
}
