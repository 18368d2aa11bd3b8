import { Button } from "@mantine/core";
import { useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useViewer } from "../../shared/viewer.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import {
  CancelServiceConnectionDocument,
  RequestServiceConnectionDocument,
  type PendingConnectionFieldsFragment,
} from "./me-services.generated.ts";

/** A connection that waits for its mail to be answered: until when, and sending it again or giving it up. */
export function PendingNotice(props: { pending: PendingConnectionFieldsFragment; onChanged: () => void }) {
  const { email, expiresAt, id, loginName, product } = props.pending;
  const { account } = useViewer();
  const cancel = useAction(CancelServiceConnectionDocument);
  const again = useAction(RequestServiceConnectionDocument);
  const [isSent, setSent] = useState(false);
  const resend = async () => {
    setSent(false);
    if (await again.run({ input: { productId: product.id, email, loginName } })) {
      setSent(true);
      props.onChanged();
    }
  };
  const giveUp = async () => {
    if (await cancel.run({ input: { pendingId: id } })) {
      props.onChanged();
    }
  };
  const login = loginName === "" ? email : `${loginName} (${email})`;
  return (
    <>
      <ActionNotice problem={cancel.problem ?? again.problem} />
      <Notice
        tone="info"
        live
        title={`${login} waits to be connected with ${product.name}`}
        actions={
          <>
            <Button variant="default" size="compact-sm" loading={again.pending} onClick={() => void resend()}>
              {isSent ? "Sent again" : "Send again"}
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              loading={cancel.pending}
              onClick={() => void giveUp()}
            >
              Cancel
            </Button>
          </>
        }
      >
        If {product.name} has such a login, a mail is on its way to its address. Open the link there, signed
        in as {account.email}. It works until <TimeText value={expiresAt} />; look in the spam folder too.
      </Notice>
    </>
  );
}
