import { Button, Group } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Panel } from "../../ui/panel.tsx";
import { ListRow, RowList } from "../../ui/row-list.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { describeWish, nameOf } from "./describe-wish.ts";
import type { MyWorkQuery } from "./my-work.generated.ts";

type Request = MyWorkQuery["myWork"]["accessRequests"][number];

// Dialogs come with the first click: the page that everybody opens first does not wait for them.
const ApproveDialog = lazy(async () => ({ default: (await import("./request-dialogs.tsx")).ApproveDialog }));
const DeclineDialog = lazy(async () => ({ default: (await import("./request-dialogs.tsx")).DeclineDialog }));

/** Requests for access that wait for the viewer: approve, or decline with a reason. */
export function RequestInbox(props: { requests: readonly Request[] }) {
  const [open, setOpen] = useState<{ request: Request; approve: boolean } | null>(null);
  return (
    <Panel title="Requests for access" flush>
      <RowList>
        {props.requests.map((request) => (
          <ListRow
            key={request.id}
            title={`${nameOf(request)} asks for ${describeWish(request)}`}
            detail={`“${request.reason}”`}
            middle={
              <span className="muted">
                <TimeText value={request.createdAt} format="relative" />
              </span>
            }
            action={
              <Group gap={8}>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Decline the request of ${nameOf(request)}`}
                  onClick={() => setOpen({ request, approve: false })}
                >
                  Decline…
                </Button>
                <Button
                  size="xs"
                  aria-label={`Approve the request of ${nameOf(request)}`}
                  onClick={() => setOpen({ request, approve: true })}
                >
                  Approve…
                </Button>
              </Group>
            }
          />
        ))}
      </RowList>
      <Suspense fallback={null}>
        {open?.approve === true && <ApproveDialog request={open.request} onClose={() => setOpen(null)} />}
        {open?.approve === false && <DeclineDialog request={open.request} onClose={() => setOpen(null)} />}
      </Suspense>
    </Panel>
  );
}
