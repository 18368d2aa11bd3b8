import { Button } from "@mantine/core";
import { useState } from "react";
import type { LinkPurpose } from "../../shared/recovery/recovery-api.ts";
import { EntrancePage } from "../../ui/entrance-page.tsx";
import { LinkGate, SignInLink } from "./link-states.tsx";
import { PasswordForm } from "./password-form.tsx";
import { useLink } from "./use-link.ts";

/** What differs between the three pages that set a password with a link. */
export interface PasswordPageWords {
  purpose: LinkPurpose;
  path: "/reset-password" | "/verify-email" | "/finish-account";
  title: string;
  lead: string;
  button: string;
  doneTitle: string;
  again: { label: string; search: { for?: "confirm" } };
  asksName: boolean;
  asksTokens: boolean;
}

const resetWords: PasswordPageWords = {
  purpose: "RESET_PASSWORD",
  path: "/reset-password",
  title: "Set a new password",
  lead: "You are signed out everywhere and sign in with the new password.",
  button: "Set the password",
  doneTitle: "Your new password is set",
  again: { label: "Send another link", search: {} },
  asksName: false,
  asksTokens: true,
};

const verifyWords: PasswordPageWords = {
  purpose: "VERIFY_EMAIL",
  path: "/verify-email",
  title: "Confirm your email",
  lead: "Enter the password you want to sign in with. The one you have is fine; passwords that somebody else may have set stop working.",
  button: "Confirm and set the password",
  doneTitle: "Your email is confirmed",
  again: { label: "Send another link", search: { for: "confirm" } },
  asksName: false,
  asksTokens: false,
};

const finishWords: PasswordPageWords = {
  purpose: "FINISH_ACCOUNT",
  path: "/finish-account",
  title: "Finish your account",
  lead: "Your sites are waiting. Choose the name others see and a password.",
  button: "Finish the account",
  doneTitle: "Your account is ready",
  again: { label: "Send another link", search: { for: "confirm" } },
  asksName: true,
  asksTokens: false,
};

/** /recover/…: a new password for one that was forgotten. */
export function ResetPage() {
  return <PasswordPage words={resetWords} />;
}

/** /verify/…: the address of an account with a password is confirmed. */
export function VerifyPage() {
  return <PasswordPage words={verifyWords} />;
}

/** /finish/…: an account that a migration or an upload made gets its owner. */
export function FinishPage() {
  return <PasswordPage words={finishWords} />;
}

function PasswordPage(props: { words: PasswordPageWords }) {
  const { words } = props;
  const link = useLink(words.purpose);
  const [doneFor, setDoneFor] = useState<string | null>(null);
  if (doneFor !== null) {
    return (
      <EntrancePage
        title={words.doneTitle}
        lead={`Sign in as ${doneFor} with the password you have just set.`}
      >
        <Button size="md" fullWidth component="a" href="/sign-in">
          Sign in
        </Button>
      </EntrancePage>
    );
  }
  return (
    <LinkGate link={link} title={words.title} again={words.again}>
      <EntrancePage title={words.title} lead={words.lead} foot={<SignInLink />}>
        {link.info && (
          <PasswordForm
            words={words}
            secret={link.secret}
            info={link.info}
            onDone={(email) => {
              setDoneFor(email);
              link.strip();
            }}
          />
        )}
      </EntrancePage>
    </LinkGate>
  );
}
