import { TextInput } from "@mantine/core";
import { useState } from "react";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { listNames } from "../../../ui/page-states.tsx";
import {
  ChangeProductUserEmailDocument,
  VerifyProductUserEmailDocument,
  type FlaggedBotFragment,
} from "./product.generated.ts";

interface BotDialog {
  bot: FlaggedBotFragment;
  onClose: () => void;
  onDone: () => void;
}

/** Gives a bot an address that no other product knows. */
export function MakeUniqueDialog(props: BotDialog & { productName: string }) {
  const { bot } = props;
  const action = useAction(ChangeProductUserEmailDocument);
  const [email, setEmail] = useState("");
  const [tried, setTried] = useState(false);
  const change = async () => {
    setTried(true);
    if (email.trim() === "") {
      document.getElementById("bot-email")?.focus();
      return;
    }
    if (await action.run({ input: { productUserId: bot.id, email: email.trim() } })) {
      props.onDone();
    }
  };
  const refused = action.problem?.field === "email" ? action.problem.message : null;
  return (
    <ConfirmDialog
      opened
      title="Make the address unique"
      confirmLabel="Change the address"
      pending={action.pending}
      onConfirm={() => void change()}
      onClose={props.onClose}
      error={<ActionNotice problem={refused === null ? action.problem : null} />}
    >
      <p>
        {bot.email} stays with {listNames(bot.flag?.products ?? [], "and")}. Change it in {props.productName},
        too: the next file of users would bring the old address back as another login.
      </p>
      <TextInput
        id="bot-email"
        label="New address"
        description="One that no login of your products has."
        type="email"
        autoComplete="off"
        withAsterisk
        aria-required
        data-autofocus
        value={email}
        error={refused ?? (tried && email.trim() === "" ? "Enter an address." : null)}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

/** Has whoever reads the mail of the address confirm it. */
export function ConfirmAddressDialog(props: BotDialog) {
  const { bot } = props;
  const action = useAction(VerifyProductUserEmailDocument);
  const [email, setEmail] = useState("");
  const other = email.trim();
  const send = async () => {
    if (await action.run({ input: { productUserId: bot.id, email: other === "" ? null : other } })) {
      props.onDone();
    }
  };
  const refused = action.problem?.field === "email" ? action.problem.message : null;
  return (
    <ConfirmDialog
      opened
      title="Have the address confirmed"
      confirmLabel="Send the mail"
      pending={action.pending}
      onConfirm={() => void send()}
      onClose={props.onClose}
      error={<ActionNotice problem={refused === null ? action.problem : null} />}
    >
      <p>
        A mail goes to {other === "" ? bot.email : other}. Whoever reads it confirms with its link, within 10
        minutes; no account is made.
      </p>
      <TextInput
        label="Another address (optional)"
        description={`If nobody reads ${bot.email}. The bot has it once it is confirmed.`}
        type="email"
        autoComplete="off"
        value={email}
        error={refused}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
