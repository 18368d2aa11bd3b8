import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useRef, useState, type FormEvent } from "react";
import { callRecovery, type LinkInfo, type RecoveryProblem } from "../../shared/recovery/recovery-api.ts";
import { RecoveryNotice } from "../../shared/recovery/recovery-notice.tsx";
import type { PasswordPageWords } from "./password-pages.tsx";

const fields = ["name", "password"];

/** The email it is for, which stays as it is; a name where one is asked for; and the password. */
export function PasswordForm(props: {
  words: PasswordPageWords;
  secret: string;
  info: LinkInfo;
  onDone: (email: string) => void;
}) {
  const { words, secret, info } = props;
  const [name, setName] = useState(info.name ?? "");
  const [password, setPassword] = useState("");
  const [endTokens, setEndTokens] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<RecoveryProblem | null>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  const refuse = (found: RecoveryProblem) => {
    setProblem(found);
    const wrong = { name: nameInput, password: passwordInput }[found.field ?? ""];
    wrong?.current?.focus();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = findMissing(words.asksName ? name : null, password);
    if (missing !== null) {
      refuse(missing);
      return;
    }
    setPending(true);
    setProblem(null);
    const answer = await callRecovery<{ email: string }>(words.path, {
      secret,
      password,
      ...(words.asksName ? { name: name.trim() } : {}),
      ...(words.asksTokens ? { endTokens } : {}),
    });
    setPending(false);
    if (answer.problem !== null) {
      refuse(answer.problem);
    } else {
      props.onDone(answer.value.email);
    }
  };
  const wordsAt = (field: string) => (problem?.field === field ? problem.message : null);
  return (
    <form noValidate onSubmit={(event) => void submit(event)} style={{ display: "contents" }}>
      <RecoveryNotice problem={problem} fields={fields} />
      <TextInput
        label="Email"
        description="The password applies to this email."
        type="email"
        autoComplete="username"
        size="md"
        value={info.email}
        readOnly
      />
      {words.asksName && (
        <TextInput
          label="Name"
          autoComplete="name"
          size="md"
          maxLength={200}
          ref={nameInput}
          value={name}
          error={wordsAt("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label="Password"
        description="At least 15 characters. Several words in a row are easy to remember."
        autoComplete="new-password"
        size="md"
        ref={passwordInput}
        value={password}
        error={wordsAt("password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {words.asksTokens && (
        <Checkbox
          label="Revoke my API tokens as well"
          description="Choose this if somebody else may have been in the account. Scripts then need new tokens."
          checked={endTokens}
          onChange={(event) => setEndTokens(event.currentTarget.checked)}
        />
      )}
      <Button type="submit" size="md" fullWidth loading={pending}>
        {words.button}
      </Button>
    </form>
  );
}

/** What was left empty; `name` is null where none is asked for. */
function findMissing(name: string | null, password: string): RecoveryProblem | null {
  const field = name !== null && name.trim() === "" ? "name" : password === "" ? "password" : null;
  return field === null
    ? null
    : {
        code: "BAD_INPUT",
        message: field === "name" ? "Enter your name." : "Enter a password.",
        field,
        whoCanGrant: [],
        requestId: null,
      };
}
