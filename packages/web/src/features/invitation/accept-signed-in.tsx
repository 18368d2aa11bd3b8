import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { AcceptInvitationDocument } from "./invitation.generated.ts";

/** Accepts for the signed-in account of the invited address; a second click is the same call. */
export function AcceptSignedIn(props: { token: string }) {
  const action = useAction(AcceptInvitationDocument);
  const client = useApolloClient();
  const router = useRouter();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const accept = async () => {
    if (await action.run({ input: { token: props.token, idempotencyKey } })) {
      // The person has other rights now: nothing that was loaded before counts.
      await client.clearStore();
      router.history.push("/");
    }
  };
  return (
    <>
      <ActionNotice problem={action.problem} />
      <Button size="md" fullWidth loading={action.pending} onClick={() => void accept()}>
        Accept
      </Button>
    </>
  );
}
