import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState, type FormEvent } from "react";
import { callRecovery, type RecoveryProblem } from "../../shared/recovery/recovery-api.ts";
import { OutboxLink } from "../../shared/recovery/outbox-link.tsx";
import { RecoveryNotice } from "../../shared/recovery/recovery-notice.tsx";
import { EntrancePage } from "../../ui/entrance-page.tsx";
import { SignInLink } from "./link-states.tsx";
import { MailOnItsWay } from "./mail-on-its-way.tsx";

const route = getRouteApi("/recover");

type Wish = "reset" | "confirm";

const paths = { reset: "/request-password-reset", confirm: "/send-verification" } as const;

/** /recover: asks for a mail to get in with. What is shown afterwards is the same whether an account exists or not. */
export function RecoverPage() {
  const search = route.useSearch();
  const [wish, setWish] = useState<Wish>(search.for ?? "reset");
  const [email, setEmail] = useState("");
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<RecoveryProblem | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const ask = async (): Promise<RecoveryProblem | null> => {
    const answer = await callRecovery<object>(paths[wish], { email: email.trim() });
    return answer.problem;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    const found = await ask();
    setPending(false);
    setProblem(found);
    if (found === null) {
      setAskedFor(email.trim());
    } else {
      input.current?.focus();
    }
  };
  if (askedFor !== null) {
    return <MailOnItsWay email={askedFor} onAskAgain={ask} onOther={() => setAskedFor(null)} />;
  }
  return (
    <EntrancePage
      title="Get back in"
      lead="We send a link to your email. Open it on any device."
      foot={
        <>
          <SignInLink />
          <OutboxLink />
        </>
      }
    >
      <form noValidate onSubmit={(event) => void submit(event)} style={{ display: "contents" }}>
        <RecoveryNotice problem={problem} fields={["email"]} />
        <Radio.Group
          label="What happened?"
          value={wish}
          onChange={(value) => setWish(value === "confirm" ? "confirm" : "reset")}
        >
          <Stack gap={8} mt={6}>
            <Radio value="reset" label="I forgot my password" />
            <Radio
              value="confirm"
              label="I did not get the mail to confirm my email or to finish my account"
            />
          </Stack>
        </Radio.Group>
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          size="md"
          ref={input}
          value={email}
          error={problem?.field === "email" ? problem.message : null}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={pending}>
          Send the mail
        </Button>
      </form>
    </EntrancePage>
  );
}
