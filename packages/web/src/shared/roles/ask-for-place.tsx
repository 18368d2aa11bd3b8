import { useApolloClient } from "@apollo/client/react";
import { Textarea } from "@mantine/core";
import type { AccessWish } from "@rehome/schema";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ActionNotice, useAction } from "../use-action.tsx";
import { RequestAccessDocument } from "./ask-for-access.generated.ts";
import { wishWords } from "./wish-words.ts";

/** Asks for one thing at one place; only the reason is left to say. */
export function AskForPlace(props: {
  wish: AccessWish;
  place: { id: string; name: string };
  onClose: () => void;
  onSent: () => void;
}) {
  const { place, wish } = props;
  const client = useApolloClient();
  const action = useAction(RequestAccessDocument);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const send = async () => {
    setTried(true);
    if (reason.trim() === "") {
      document.getElementById("ask-reason")?.focus();
      return;
    }
    const target = wish === "PRODUCT_ADMIN" ? { productId: place.id } : { siteId: place.id };
    if (await action.run({ input: { wish, reason: reason.trim(), ...target } })) {
      void client.refetchQueries({ include: "active" });
      props.onSent();
    }
  };
  const refused = action.problem?.field === "reason" ? action.problem.message : null;
  return (
    <ConfirmDialog
      opened
      title={`Ask for ${wishWords[wish].asks} ${place.name}`}
      confirmLabel="Send the request"
      pending={action.pending}
      onConfirm={() => void send()}
      onClose={props.onClose}
      error={<ActionNotice problem={refused === null ? action.problem : null} />}
    >
      <p>{wishWords[wish].meaning} Whoever can decide is mailed; you see the request under My work.</p>
      <Textarea
        id="ask-reason"
        label="Reason"
        description="Whoever decides reads it."
        withAsterisk
        aria-required
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        value={reason}
        error={refused ?? (tried && reason.trim() === "" ? "Say why you need it." : null)}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
